"""The kinds that operators bring, as far as we use them: each field, its type, and what must be there.

The shapes in operators/*.yaml are written by hand after each operator's documentation and examples; the file names
where its own definitions are, and for which version. They are not generated from these: compare them when an operator
is upgraded. What is not in a shape is refused: the cluster would prune a field that is misspelt in silence.

    field: string          `string`, `integer`, `boolean`, `any`, or the allowed values: `a | b`
    field!: string         must be there
    field: {…}             an object with just these fields; `any name: string` in it: a map
    field: [string]        a list
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "operators"
TYPES = {"string", "integer", "boolean", "number"}
ANY_NAME = "any name"
_COMMON = {"apiVersion!": "string", "kind!": "string", "metadata!": "any"}

Schema = dict[str, Any]


@cache
def operator_schemas() -> dict[tuple[str, str], Schema]:
    """JSON Schemas by apiVersion and kind."""
    found: dict[tuple[str, str], Schema] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for kind, fields in document["kinds"].items():
            found[document["apiVersion"], kind] = schema_of({**_COMMON, **fields})
    return found


def schema_of(shape: Any) -> Schema:
    """A JSON Schema for a shape. Raises ValueError for what is no shape."""
    if isinstance(shape, dict):
        return _object(shape)
    if isinstance(shape, list) and len(shape) == 1:
        return {"type": "array", "items": schema_of(shape[0])}
    if shape == "any":
        return {}
    if shape in TYPES:
        return {"type": shape}
    if isinstance(shape, str) and "|" in shape:
        return {"enum": [value.strip() for value in shape.split("|")]}
    raise ValueError(f"no shape: {shape!r}")


def _object(shape: dict[str, Any]) -> Schema:
    if set(shape) == {ANY_NAME}:
        return {"type": "object", "additionalProperties": schema_of(shape[ANY_NAME])}
    return {
        "type": "object",
        "properties": {name.removesuffix("!"): schema_of(inner) for name, inner in shape.items()},
        "required": [name.removesuffix("!") for name in shape if name.endswith("!")],
        "additionalProperties": False,
    }
