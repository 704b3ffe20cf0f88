"""Which column holds what: data, one file in mappings/ for each system that schools export from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SPACE, _DOT = re.compile(r"\s+"), re.compile(r"\.(?=\s|$)")


@dataclass(frozen=True)
class Field:
    """A column that is kept: its kind decides how cells are read; one of its headers must stand above it."""

    name: str
    kind: str
    headers: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Mapping:
    """A list's columns. `needed`: of each group one header must stand in the header row, so that it is one."""

    id: str
    title: str
    levels: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    fields: tuple[Field, ...]


@cache
def mappings() -> tuple[Mapping, ...]:
    """All of them."""
    folder = files(__package__) / "mappings"
    return tuple(
        _mapping(path.read_text("utf-8"))
        for path in sorted(folder.iterdir(), key=lambda one: one.name)
        if path.name.endswith(".json")
    )


def normal(header: str) -> str:
    """A header as headers are compared: line breaks, capitals and the dot of an abbreviation don't count."""
    return _DOT.sub("", _SPACE.sub(" ", header).strip().lower()).strip(" *:")


def _mapping(text: str) -> Mapping:
    told = json.loads(text)
    fields = tuple(
        Field(name, one["kind"], tuple(one["headers"]), one.get("required", False))
        for name, one in told["fields"].items()
    )
    return Mapping(told["id"], told["title"], tuple(told["levels"]), tuple(map(tuple, told["needed"])), fields)
