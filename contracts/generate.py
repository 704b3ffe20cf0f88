"""Write contracts/schemas/*.json and docs/events.md from the models; refuse what breaks those who rely on them.

python -m contracts.generate            write
python -m contracts.generate --check    write nothing; fail if a file is stale or a contract incompatible
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from . import EVENTS, REQUESTS, subscriptions
from ._catalogue import render
from ._published import last_release, on_disk
from .base import Event, Request, sealed_model
from .compatibility import Kind, compare

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = Path("contracts", "schemas")
EVENTS_PAGE = Path("docs", "events.md")
_KINDS: dict[str, Kind] = {"event": "event", "sealed": "event", "request": "request", "reply": "reply"}
"""Parts of a document, and as what they are compared."""

Document = dict[str, Any]


def documents(events: dict[str, type[Event]], requests: dict[str, type[Request]]) -> dict[str, Document]:
    """File name -> what is written of each contract."""
    found = {f"{name}.json": _event(model) for name, model in events.items()}
    return dict(sorted((found | {f"{name}.json": _request(model) for name, model in requests.items()}).items()))


def problems(old: dict[str, Document], new: dict[str, Document], source: str) -> list[str]:
    """One line for each broken promise of `old`, which was found in `source`."""
    found = []
    for name, document in old.items():
        if name not in new:
            found.append(f"{name}: contract removed, but {source} promises it")
            continue
        for part, kind in _KINDS.items():
            if part in document:
                breaks = compare(document[part], new[name].get(part, {}), kind)
                found += [f"{name}: {part}: {one} (against {source})" for one in breaks]
    return found


def text_of(document: Document) -> str:
    """Sorted and stable: the same models give the same bytes."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Exit code 0 if all under `root` is written or up to date, 1 if a contract is broken or a file stale."""
    parser = argparse.ArgumentParser(prog="python -m contracts.generate", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something is stale or broken")
    check = parser.parse_args(arguments).check
    new = documents(EVENTS, REQUESTS)
    if broken := _broken(new, root / SCHEMAS):
        print("Incompatible contracts; nothing was written:", *broken, sep="\n  ", file=sys.stderr)
        print("Add an optional field, or declare a new version or operation beside the old one.", file=sys.stderr)
        return 1
    files = {SCHEMAS / name: text_of(document) for name, document in new.items()}
    files[EVENTS_PAGE] = render(EVENTS, REQUESTS, subscriptions())
    stale = [path for path, text in files.items() if not _is(root / path, text)]
    return _report(stale) if check else _write(stale, files, root)


def _event(model: type[Event]) -> Document:
    document = {"kind": "event", "name": model.type, "snapshot": model.snapshot, "event": model.model_json_schema()}
    if model.sealed_for:
        document |= {"sealed_for": model.sealed_for, "sealed": sealed_model(model).model_json_schema()}
    return document


def _request(model: type[Request]) -> Document:
    return {
        "kind": "request",
        "name": model.operation,
        "scope": model.scope,
        "changes": model.changes,
        "request": model.model_json_schema(),
        # As it is written, not as it is read: a field with a default is always there.
        "reply": TypeAdapter(model.reply).json_schema(mode="serialization"),
    }


def _broken(new: dict[str, Document], folder: Path) -> list[str]:
    tag, released = last_release(folder)
    return problems(on_disk(folder), new, "contracts/schemas") + problems(released, new, f"release {tag}")


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


def _report(stale: list[Path]) -> int:
    for path in stale:
        print(f"stale: {path}; run python -m contracts.generate", file=sys.stderr)
    return 1 if stale else 0


def _write(stale: list[Path], files: dict[Path, str], root: Path) -> int:
    for path in stale:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(files[path], "utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
