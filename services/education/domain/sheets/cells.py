"""What a cell can be, and where it stands as a person sees it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
Kind = Literal["text", "number", "date", "flag", "error", "formula"]
"""`date` is an ISO day; `formula` one whose result is not in the file; `error` such as #N/A."""


Cell = tuple[int, Kind, str]
"""A cell that is not empty: its column, counted from 0, its kind, its text (of a number: as the file has it)."""


class Line(NamedTuple):
    """A row with its number in the sheet, counted from 1. Empty cells are not in it."""

    number: int
    cells: list[Cell]


def column_letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def without_escapes(text: str) -> str:
    """Office Open XML writes characters that XML can't hold as `_x000D_`: line breaks of Windows, most of them."""
    return _ESCAPE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if 0xD800 <= code < 0xE000:
        return ""
    return chr(code) if code >= 32 else " "


def column_of(reference: str, known: dict[str, int]) -> int:
    """The column of a reference such as AB12; `known` remembers."""
    letters = reference.rstrip("0123456789")
    column = known.get(letters)
    if column is None:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise ValueError("no cell reference")
        column = -1
        for letter in letters.upper():
            column = (column + 1) * 26 + ord(letter) - 65
        known[letters] = column
    return column
