"""Strict validation: every object has a known kind, and no field that its kind does not know.

By the library of kubernetes-validate: its command lets a kind pass that it does not know, even when told to be strict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import jsonschema
import kubernetes_validate

from .rendering import Manifest, name_of
from .shapes import operator_schemas

KUBERNETES = "1.33"
"""The oldest that docs/deploying.md allows."""


def problems(manifests: Iterable[Manifest]) -> list[str]:
    """One line for each thing wrong; empty when all is well."""
    listed = list(manifests)
    wrong = [line for manifest in listed for line in _problems(manifest)]
    counts = Counter((each.get("apiVersion"), name_of(each)) for each in listed)
    return wrong + [f"{name}: stands {count} times" for (_, name), count in counts.items() if count > 1]


def _problems(manifest: Manifest) -> Iterator[str]:
    key = (str(manifest.get("apiVersion")), str(manifest.get("kind")))
    schema = operator_schemas().get(key)
    if schema is not None:
        for error in jsonschema.Draft202012Validator(schema).iter_errors(manifest):
            yield f"{name_of(manifest)}: {'.'.join(map(str, error.path)) or 'top'}: {error.message}"
        return
    try:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{name_of(manifest)}: {'.'.join(map(str, error.path)) or 'top'}: {error.message}"
    except kubernetes_validate.SchemaNotFoundError:
        yield f"{name_of(manifest)}: no such kind as {key[1]} in {key[0]}"
    except kubernetes_validate.InvalidSchemaError as error:
        yield f"{name_of(manifest)}: {error.message}"
