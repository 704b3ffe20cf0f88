"""Forms of a word. Only of roots in roots.txt: stripping affixes by rule alone makes a shirt (kemeja) a table (meja),
and a thorn (duri) of a durian. A form that is a root itself stays one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
VOWELS = "aiueo"
_DROPPED = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
_KEPT = {**dict.fromkeys("bfv", "m"), **dict.fromkeys("dcjz", "n"), **dict.fromkeys(f"gh{VOWELS}", "ng")}


def nasal(prefix: str, root: str) -> str:
    """`me` or `pe` in front of a root: memasak, menganyam, penjahit, melukis."""
    first = root[0]
    if first in _DROPPED and root[1:2] in VOWELS:
        return prefix + _DROPPED[first] + root[1:]
    return prefix + _KEPT.get(first, "") + root


def derived(root: str) -> tuple[str, ...]:
    """All forms that shops use; the root first."""
    doing, doer = nasal("me", root), nasal("pe", root)
    return (
        root,
        *(f"{root}an", f"{root}kan", f"di{root}", f"di{root}kan", f"ber{root}", f"{root}nya"),
        *(doing, f"{doing}kan", f"{doing}i", doer, f"{doer}an", f"ke{root}an", f"per{root}an", f"pe{root}"),
    )


@cache
def _roots() -> dict[str, str]:
    """Root by form."""
    roots = _lines("roots.txt")
    found = {form: root for root in reversed(roots) for form in derived(root)}
    return found | {root: root for root in roots}


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """Words that mean the same product."""
    groups = [tuple(line.split()) for line in _lines("same.txt")]
    return {word: group for group in groups for word in group}


def forms(word: str) -> tuple[str, ...]:
    """The word, and all that is looked for with it."""
    found: dict[str, None] = {word: None}
    for same in _same().get(word, (word,)):
        root = _roots().get(same)
        found |= dict.fromkeys(derived(root) if root else (same,))
    return tuple(found)


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
