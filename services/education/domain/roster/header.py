"""Where the table begins: the row of headers is found by its words, never by its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..sheets import Cell, Line, Unreadable
from .mapping import Field, Mapping, mappings, normal

SEARCHED = 20
"""Rows that are not empty."""


@dataclass(frozen=True)
class Header:
    """What stands where. `depth` is 1, or 2 if a second row names the columns below merged ones."""

    mapping: Mapping
    columns: dict[int, Field]
    titles: dict[int, str]
    heading: tuple[str, ...]
    last_row: int


def find_header(lines: Sequence[Line], level: str) -> Header | None:
    """The header among these rows; None if there is none."""
    candidates = sorted(mappings(), key=lambda one: level not in one.levels)
    for position, line in enumerate(lines):
        titles = {column: normal(text) for column, _, text in line.cells}
        for mapping in candidates:
            if all(set(group) & set(titles.values()) for group in mapping.needed):
                return _header(mapping, lines, position)
    return None


def not_found(lines: Iterable[Line]) -> Unreadable:
    """The refusal."""
    problem = "no header row was found" if any(line.cells for line in lines) else "the file holds no rows"
    return Unreadable("no_header", problem, "send the list of pupils with its header row: Nama, NISN, Rombel Saat Ini")


def _header(mapping: Mapping, lines: Sequence[Line], position: int) -> Header:
    line = lines[position]
    upper = {column: " ".join(text.split()) for column, _, text in line.cells}
    parents = frozenset(
        header.partition(" > ")[0] for one in mapping.fields for header in one.headers if " > " in header
    )
    below = _second_row(lines, position, upper, parents)
    titles = _joined(upper, below.cells, parents) if below else upper
    by_title: dict[str, int] = {}
    for column, title in sorted(titles.items()):
        by_title.setdefault(normal(title), column)  # the first of two columns of one name
    columns = {
        by_title[found]: field
        for field in mapping.fields
        if (found := next((header for header in field.headers if header in by_title), None)) is not None
    }
    missing = [field.headers[0] for field in mapping.fields if field.required and field not in columns.values()]
    if missing:
        raise Unreadable(
            "columns_missing", f"the header row lacks {', '.join(missing)}", "export the list with all its columns"
        )
    heading = tuple(text for above in lines[:position] for _, _, text in above.cells)
    return Header(mapping, columns, titles, heading, (below or line).number)


def _second_row(lines: Sequence[Line], position: int, upper: dict[int, str], parents: frozenset[str]) -> Line | None:
    """The next row, if it names columns below a header that several of them share."""
    after = lines[position + 1] if position + 1 < len(lines) else None
    if after is None or after.number != lines[position].number + 1:
        return None
    return after if any(normal(_parent(upper, column)) in parents for column, _, _ in after.cells) else None


def _joined(upper: dict[int, str], below: Sequence[Cell], parents: frozenset[str]) -> dict[int, str]:
    """`Data Ayah` above `Nama` is `Data Ayah > Nama`, as far as the merged header reaches."""
    titles = dict(upper)
    for column, _, text in below:
        parent = _parent(upper, column)
        if normal(parent) in parents:
            titles[column] = f"{parent} > {' '.join(text.split())}"
    return titles


def _parent(upper: dict[int, str], column: int) -> str:
    """What stands above a column; of a merged header only the first cell is filled."""
    above = [one for one in upper if one <= column]
    return upper[max(above)] if above else ""
