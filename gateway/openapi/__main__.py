"""Write `docs/openapi.json`, or with `--check` fail when it is stale."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .build import document

PATH = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def main() -> None:
    """See the module."""
    text = json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if "--check" in sys.argv[1:]:
        if not PATH.exists() or PATH.read_text() != text:
            sys.exit("docs/openapi.json is stale: run `python -m gateway.openapi` and commit the result")
        return
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(text)
    print(f"wrote docs/{PATH.name}")


main()
