"""Office Open XML workbooks, a row at a time.

The size that a sheet says it has (`dimension`) is not heeded: writers get it wrong, and rows would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from posixpath import join, normpath
from typing import IO

from .cells import Cell, Kind, Line, column_of, without_escapes
from .limits import OTHER_DAYS, Limits
from .listening import Attributes, Listener
from .package import CHUNK, DAMAGED, Package, feed, local
from .plain import Doubt, plain_lines
from .shared import PART, SharedTexts, shared_texts

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_KINDS: dict[str, Kind] = {"n": "number", "b": "flag", "e": "error", "d": "date", "str": "text", "inlineStr": "text"}


def sheets(file: IO[bytes], limits: Limits) -> Iterator[Sheet]:
    """The rows of each sheet, in the order of the tabs. Raises Unreadable."""
    package = Package(file, limits)
    if WORKBOOK not in package.names:
        raise DAMAGED
    targets, named = _relations(package), _sheets(package)
    texts_part = next((part for part in targets.values() if part.lower().endswith("sharedstrings.xml")), PART)
    texts = shared_texts(package, texts_part)
    for relation in named:
        part = targets.get(relation, "")
        if part in package.names and "worksheet" in part:
            yield Sheet(package, part, texts)


def _sheets(package: Package) -> list[str]:
    """The relation of each visible sheet."""
    found: list[str] = []

    def sheet(at: Attributes) -> None:
        if at.get("state", "visible") == "visible":
            found.extend(value for name, value in at.items() if local(name) == "id" and name != "id")

    def properties(at: Attributes) -> None:
        if at.get("date1904", "0") in ("1", "true"):
            raise OTHER_DAYS

    listener = Listener()
    listener.starts |= {"sheet": sheet, "workbookPr": properties}
    package.parse(WORKBOOK, listener.parser)
    return found


def _relations(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}

    def relationship(at: Attributes) -> None:
        target = at.get("Target", "")
        found[at["Id"]] = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))

    if RELATIONS in package.names:
        listener = Listener()
        listener.starts["Relationship"] = relationship
        package.parse(RELATIONS, listener.parser)
    return found


class Sheet:
    """The rows of a sheet. Whoever knows which columns matter says so in `wanted`: the others are passed over."""

    def __init__(self, package: Package, part: str, texts: SharedTexts) -> None:
        self.wanted: Container[int] = range(package.limits.columns)
        self._package, self._part, self._texts = package, part, texts

    def __iter__(self) -> Iterator[Line]:
        last = 0
        try:
            with self._package.open(self._part) as stream:
                for number, line in plain_lines(stream, self._texts, self._package.limits, lambda: self.wanted):
                    last = number
                    if line:
                        yield line
                return
        except Doubt:
            pass
        yield from (line for line in self._parsed() if line.number > last)

    def _parsed(self) -> Iterator[Line]:
        rows = _Rows(self._texts, self._package.limits, lambda: self.wanted)
        with self._package.open(self._part) as stream:
            while block := stream.read(CHUNK):
                feed(rows.parser, block)
                yield from rows.take()
            feed(rows.parser, b"", last=True)
            yield from rows.take()


class _Rows(Listener):
    def __init__(self, texts: SharedTexts, limits: Limits, wanted: Callable[[], Container[int]]) -> None:
        super().__init__()
        self._texts, self._limits, self._wanted = texts, limits, wanted
        self._known: dict[str, int] = {}
        self._done: list[Line] = []
        self._row: list[Cell] = []
        self._number, self._column, self._kind, self._formula, self._aloud = 0, -1, "n", False, False
        self.starts = {
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._listen,
            "t": self._listen,
            "f": self._note_formula,
            "rPh": self._read_aloud,
        }
        self.ends = {"row": self._end_row, "c": self._end_cell, "v": self._stop, "t": self._stop, "rPh": self._silent}

    def take(self) -> list[Line]:
        """The rows that are complete."""
        done, self._done = self._done, []
        return done

    def _begin_row(self, at: Attributes) -> None:
        number = int(at["r"]) if "r" in at else self._number + 1
        self._limits.check_order(number, self._number)
        self._limits.check_row(number)
        self._number = number
        self._row, self._column = [], -1

    def _end_row(self) -> None:
        if self._row:
            self._done.append(Line(self._number, self._row))

    def _begin_cell(self, at: Attributes) -> None:
        reference = at.get("r")
        self._column = self._column + 1 if reference is None else column_of(reference, self._known)
        self._kind, self._formula = at.get("t", "n"), False
        self.pieces.clear()

    def _note_formula(self, _: Attributes) -> None:
        self._formula = True

    def _listen(self, _: Attributes) -> None:
        self.listening = not self._aloud and self._column in self._wanted()

    def _stop(self) -> None:
        self.listening = False

    def _read_aloud(self, _: Attributes) -> None:
        """How it is pronounced is not what is written."""
        self._aloud = True

    def _silent(self) -> None:
        self._aloud = False

    def _end_cell(self) -> None:
        text = (self._texts.at(self.text) if self._kind == "s" else self.text).strip()
        if text and self._kind != "s" and "_x" in text:
            text = without_escapes(text).strip()
        if text:
            self._row.append((self._column, _KINDS.get(self._kind, "text"), text[: self._limits.cell]))
        elif self._formula and self._column in self._wanted():
            self._row.append((self._column, "formula", ""))
