"""OpenDocument spreadsheets, a row at a time: rows and cells that repeat are counted, not written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from .cells import Cell, Kind, Line
from .limits import Limits
from .listening import Attributes, Listener
from .package import CHUNK, Package, Part, feed, password_protected

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
_VALUES: dict[str, tuple[Kind, str]] = {
    "float": ("number", "office:value"),
    "currency": ("number", "office:value"),
    "percentage": ("number", "office:value"),
    "date": ("date", "office:date-value"),
    "boolean": ("flag", "office:boolean-value"),
}
_MOST_SHEETS = 5
_ERRORS = ("#", "Err:")


def sheets(file: IO[bytes], limits: Limits) -> Iterator[Iterator[Line]]:
    """The rows of each sheet; they must be read in order. Raises Unreadable."""
    package = Package(file, limits)
    with package.open(MANIFEST) as manifest:
        if b"encryption-data" in manifest.read(1 << 20):
            raise password_protected()
    tables = _Tables(limits)
    with package.open(CONTENT) as stream:
        for number in range(_MOST_SHEETS):
            yield _lines(stream, tables, number)


def _lines(stream: Part, tables: _Tables, sheet: int) -> Iterator[Line]:
    while True:
        yield from tables.take(sheet)
        if tables.begun > sheet + 1:
            return
        block = stream.read(CHUNK)
        if not block:
            tables.end()
            yield from tables.take(sheet)
            return
        feed(tables.parser, block)


class _Tables(Listener):
    """Collects the rows of all sheets."""

    prefixed = True

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.begun, self._limits, self._done = 0, limits, list[tuple[int, Line]]()
        self._row: list[Cell] = []
        self._number, self._column, self._repeat_row, self._depth = 0, 0, 1, 0
        self._at: Attributes = {}
        self._over = False
        self.starts = {
            "table:table": self._begin_table,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
            "text:p": self._begin_text,
            "text:s": self._space,
            "office:annotation": self._begin_note,
        }
        self.ends = {
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "text:p": self._end_text,
            "office:annotation": self._end_note,
        }

    def end(self) -> None:
        """The part is over: a table that ends in its middle is damaged. Raises Unreadable."""
        if not self._over:
            self._over = True
            feed(self.parser, b"", last=True)

    def take(self, sheet: int) -> list[Line]:
        """The complete rows of a sheet."""
        mine = [line for number, line in self._done if number == sheet]
        self._done = [one for one in self._done if one[0] > sheet]
        return mine

    def _begin_table(self, _: Attributes) -> None:
        self.begun += 1
        self._number = 0

    def _begin_row(self, at: Attributes) -> None:
        self._repeat_row = _times(at, "table:number-rows-repeated")
        self._row, self._column = [], 0

    def _end_row(self) -> None:
        if not self._row:
            self._number += self._repeat_row
            return
        for _ in range(self._repeat_row):
            self._number += 1
            self._limits.check_row(self._number)
            self._done.append((self.begun - 1, Line(self._number, self._row)))

    def _begin_cell(self, at: Attributes) -> None:
        self._at = at
        self.pieces.clear()

    def _end_cell(self) -> None:
        repeat = _times(self._at, "table:number-columns-repeated")
        cell = _cell(self._column, self._at, self.text, self._limits)
        if cell is not None:
            column, kind, text = cell
            self._row.extend((column + more, kind, text) for more in range(min(repeat, self._limits.columns)))
        self._column += repeat

    def _begin_text(self, _: Attributes) -> None:
        if self.pieces and self._depth == 0:
            self.pieces.append("\n")
        self._deeper(1)

    def _end_text(self) -> None:
        self._deeper(-1)

    def _begin_note(self, _: Attributes) -> None:
        """A remark at a cell is not its content."""
        self._deeper(-100)

    def _end_note(self) -> None:
        self._deeper(100)

    def _space(self, _: Attributes) -> None:
        if self.listening:
            self.pieces.append(" ")

    def _deeper(self, steps: int) -> None:
        self._depth += steps
        self.listening = self._depth > 0


def _times(at: dict[str, str], name: str) -> int:
    """How often a row or cell stands there: once or more, else one would be lost or two be one. Raises ValueError."""
    times = int(at.get(name, "1"))
    if times < 1:
        raise ValueError("no positive count")
    return times


def _cell(column: int, at: dict[str, str], shown: str, limits: Limits) -> Cell | None:
    if column >= limits.columns:
        return None
    shown = shown.strip()[: limits.cell]
    if at.get("calcext:value-type") == "error" or (at.get("table:formula") and shown.startswith(_ERRORS)):
        return (column, "error", shown)
    kind, name = _VALUES.get(at.get("office:value-type", ""), ("text", ""))
    text = at.get(name, "") if name else at.get("office:string-value", shown) or shown
    if not text and at.get("table:formula"):
        return (column, "formula", "")
    if not text:
        return None
    return (column, kind, text[:10] if kind == "date" else text.strip()[: limits.cell])
