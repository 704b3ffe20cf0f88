"""A part's own lock file: the lines of requirements.lock that it needs, word for word, hashes included."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import grimp
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kota.home import CHECKOUT

from .closure import distributions
from .imports import foreign_modules
from .parts import Part

LOCKS = Path("deploy", "image", "locks")
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^\s+#.*\n", re.MULTILINE)


def wanted(checkout: Path = CHECKOUT) -> dict[str, Requirement]:
    """requirements.in by canonical name."""
    lines = (checkout / "requirements.in").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(each.name): each for each in found}


def locked(text: str) -> dict[str, str]:
    """The entries of a lock file by canonical name, without the comments on who asked for them.

    A package may stand twice, once for each range of Pythons."""
    found: dict[str, str] = defaultdict(str)
    for match in _ENTRY.finditer(text):
        found[canonicalize_name(match["name"])] += _COMMENT.sub("", match[0])
    return found


def lock_of(part: Part, graph: grimp.ImportGraph, checkout: Path = CHECKOUT) -> str:
    """The text of the part's lock file."""
    entries = locked((checkout / "requirements.lock").read_text(encoding="utf-8"))
    modules = foreign_modules(graph, part.roots) | set(part.loaded_by_name)
    needed = distributions(modules, wanted(checkout))
    return "".join(text for name, text in sorted(entries.items()) if name in needed)
