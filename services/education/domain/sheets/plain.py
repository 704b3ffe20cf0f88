"""Rows of a worksheet as nearly all writers write them, read more than twice as fast as by an XML parser.

A row is taken only if the whole of it has the plain shape below; at the first one that has not, `Doubt` is raised and
the parser in xlsx.py goes on from that row. So this knows nothing of formulas, comments, prefixes or rich text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from html import unescape

from .cells import Cell, Kind, Line, column_letters, column_of, without_escapes
from .limits import Limits
from .package import Part
from .shared import SharedTexts

BLOCK, LONGEST_HEAD = 1 << 18, 1 << 20
_HEAD = re.compile(r'(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="yes")?\s?\?>\s*)?<worksheet\b')
_CELL = (
    r'<c r="{letters}[0-9]++"(?: s="[0-9]++")?+(?: t="{kind}")?+'
    r"(?:/>|>(?:<v>{value}</v>|<is><t(?: xml:space=\"preserve\")?+>{text}</t></is>)?+</c>)"
)
_BEGIN = r'\s*<row r="([0-9]{1,9})"[^<>]*+>'
_PARTS = {"letters": "[A-Z]{1,3}", "kind": "[a-zA-Z]+", "value": "[^<]*", "text": "[^<]*"}
_TAKEN = {name: f"({part})" for name, part in _PARTS.items()}
_ROW = re.compile(f"{_BEGIN}(?:{_CELL.format(**_PARTS)})*+</row>")
_CELLS = re.compile(_CELL.format(**_TAKEN))
_EMPTY = re.compile(r'\s*<row r="([0-9]{1,9})"[^<>]*+/>')
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_KINDS: dict[str, Kind] = {"": "number", "n": "number", "b": "flag", "e": "error", "d": "date", "inlineStr": "text"}
_WIDEST = 100
"""Columns in a pattern."""
Found = tuple[int, str | None, str | None, str | None]
"""Column, type, value and inline text of a cell."""


class Doubt(Exception):
    """Not plain: read it with the parser."""


def plain_lines(
    stream: Part, texts: SharedTexts, limits: Limits, wanted: Callable[[], Container[int]]
) -> Iterator[tuple[int, Line | None]]:
    """The number of each row, and the row if it is not empty. Raises Doubt."""
    rows, last = _Rows(wanted), 0
    for text, start, stop in _parts(stream):
        number, found = rows.read(text, start, stop)
        limits.check_order(number, last)
        limits.check_row(number)
        last = number
        special = text.find("&", start, stop) >= 0
        if special and _ENTITY.search(text, start, stop):
            raise Doubt
        cells = _cells(found, texts.at, limits.cell, special=special or text.find("_x", start, stop) >= 0)
        yield number, Line(number, cells) if cells else None


def _parts(stream: Part) -> Iterator[tuple[str, int, int]]:
    """A text, and from where to where in it a row stands."""
    text, pending, more = "", b"", True
    begun = False
    while more:
        block = stream.read(BLOCK)
        more = bool(block)
        new, pending = _whole_characters(pending + block)
        text += new
        if not begun:
            head, begins, after = text.partition("<sheetData>")
            if not begins:
                if len(text) > LONGEST_HEAD:
                    raise Doubt
                continue
            if not _HEAD.match(head):
                raise Doubt
            text, begun = after, True
        position = 0
        while stop := _end_of_row(text, position):
            yield text, position, stop
            position = stop
        text = text[position:]
        if text.lstrip().startswith("</sheetData>"):
            while stream.read(BLOCK):  # to its end: only then is the checksum compared
                pass
            return
    raise Doubt


def _end_of_row(text: str, position: int) -> int:
    """Where the row that begins here ends; 0 if that is not here yet, or no row begins."""
    tag = text.find(">", position)
    if tag < 0 or text.endswith("</sheetData", position, tag):
        return 0
    if text[tag - 1] == "/":
        return tag + 1
    end = text.find("</row>", tag)
    return 0 if end < 0 else end + len("</row>")


class _Rows:
    """Rows with their columns in order are taken apart at one stroke, the others cell by cell."""

    def __init__(self, wanted: Callable[[], Container[int]]) -> None:
        self._wanted, self._known = wanted, dict[str, int]()
        self._alike: re.Pattern[str] | None = None
        self._columns: tuple[int, ...] = ()
        self._last, self._tries = -1, 5

    def read(self, text: str, start: int, stop: int) -> tuple[int, Iterable[Found]]:
        """The number of a row, and its cells that are wanted. Raises Doubt."""
        if self._alike and (match := self._alike.fullmatch(text, start, stop)):
            number, *rest = match.groups()
            return int(number), zip(self._columns, rest[::3], rest[1::3], rest[2::3], strict=True)
        match = _ROW.fullmatch(text, start, stop) or _EMPTY.fullmatch(text, start, stop)
        if match is None:
            raise Doubt
        wanted = self._wanted()
        found = _CELLS.findall(text, start, stop)
        cells: list[Found] = [(self._column(letters), kind, value, inline) for letters, kind, value, inline in found]
        if isinstance(wanted, frozenset) and cells:
            self._expect(wanted, max(column for column, *_ in cells))
        return int(match[1]), [cell for cell in cells if cell[0] in wanted]

    def _column(self, letters: str) -> int:
        column = self._known.get(letters)
        return column_of(letters, self._known) if column is None else column

    def _expect(self, wanted: frozenset[int], last: int) -> None:
        """Rows as wide as this one; a few times anew, if wider ones come than those before."""
        last = max([last, *wanted])
        if last < _WIDEST and last > self._last and self._tries:
            self._last, self._tries = last, self._tries - 1
            cells = [
                _CELL.format(**{**(_TAKEN if column in wanted else _PARTS), "letters": column_letters(column)})
                for column in range(last + 1)
            ]
            self._alike = re.compile(f"{_BEGIN}{''.join(f'(?:{cell})?+' for cell in cells)}</row>")
            self._columns = tuple(column for column in range(last + 1) if column in wanted)


def _cells(found: Iterable[Found], text_at: Callable[[str], str], longest: int, *, special: bool) -> list[Cell]:
    row: list[Cell] = []
    for column, kind, value, inline in found:
        shown = value or inline
        if not shown:
            continue
        if kind == "s":
            shown = text_at(shown)
        elif special:
            shown = without_escapes(unescape(shown))
        shown = shown.strip()
        if shown:
            row.append((column, _KINDS.get(kind or "", "text"), shown[:longest]))
    return row


def _whole_characters(data: bytes) -> tuple[str, bytes]:
    """What can be decoded, and the beginning of a character whose end is not here yet."""
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                raise Doubt from None
    raise Doubt
