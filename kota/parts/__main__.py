"""Write deploy/image/locks/*.lock from the imports and requirements.lock.

python -m kota.parts            write
python -m kota.parts --check    write nothing; fail if a file is stale, missing or left over
"""

from __future__ import annotations

import sys
from pathlib import Path

from kota.home import CHECKOUT

from .imports import import_graph
from .locks import LOCKS, lock_of
from .parts import all_parts


def main(arguments: list[str], checkout: Path = CHECKOUT) -> int:
    """Exit code 0 if all is written or up to date."""
    graph = import_graph()
    texts = {f"{name}.lock": lock_of(part, graph, checkout) for name, part in all_parts(checkout).items()}
    folder = checkout / LOCKS
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.lock")}
    if "--check" in arguments:
        stale = sorted(name for name in texts.keys() | found.keys() if texts.get(name) != found.get(name))
        for name in stale:
            print(f"{LOCKS / name} is stale: run `python -m kota.parts`", file=sys.stderr)
        return 1 if stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in found.keys() - texts.keys():
        (folder / name).unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
