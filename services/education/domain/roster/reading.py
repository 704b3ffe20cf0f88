"""A row of a roster: the pupil that it tells of, and what is wrong with it. Rows are judged one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..sheets import Line, Unreadable
from . import values
from .faults import Fault
from .grades import ages, grade_of
from .header import SEARCHED, Header, find_header, not_found
from .mapping import Field

REFUSING = frozenset({"nik", "nisn"})
"""Besides what must be there: a child's own numbers. Whatever else can't be read is left out, and said."""
GUARDIANS = ("father", "mother", "guardian")
MOST_FAULTS = 12


@dataclass(slots=True)
class RosterRow:
    """What a row tells. `told` holds the fields that have a value, by the names of the mapping."""

    number: int
    told: dict[str, Any]
    faults: list[Fault] = dataclasses.field(default_factory=list)
    grade: int = 0
    line: Line | None = None

    @property
    def refused(self) -> bool:
        """Whether it can't be taken."""
        return any(fault.refuses for fault in self.faults)


class Roster:
    """The rows of a file for a school of this level. `today` is the day on which ages are reckoned."""

    def __init__(self, sheets: Iterable[Iterable[Line]], level: str, today: date, most_rows: int) -> None:
        self._level, self._today, self._most = level, today, most_rows
        self.header, self._first, self._rest = self._open(sheets)

    def _open(self, sheets: Iterable[Iterable[Line]]) -> tuple[Header, list[Line], Iterator[Line]]:
        seen: list[Line] = []
        # Kept: a source that is dropped closes the file, from which the rows are still to come.
        self._source = iter(sheets)
        for sheet in self._source:
            lines = iter(sheet)
            first: list[Line] = []
            for line in lines:
                first.append(line)
                if len(first) > SEARCHED:
                    break
            header = find_header(first, self._level)
            if header is not None:
                if hasattr(sheet, "wanted"):
                    sheet.wanted = frozenset(header.columns)
                return header, first, lines
            seen += first
        raise not_found(seen)

    def __iter__(self) -> Iterator[RosterRow]:
        count = 0
        for line in self._lines():
            row = self._row(line)
            if row is None:
                continue
            count += 1
            if count > self._most:
                raise Unreadable("too_many_pupils", f"more than {self._most} pupils", "split the file")
            yield row

    def _lines(self) -> Iterator[Line]:
        yield from (line for line in self._first if line.number > self.header.last_row)
        yield from self._rest

    def _row(self, line: Line) -> RosterRow | None:
        """None for a row that holds nothing of a pupil, such as a line of totals."""
        columns = self.header.columns
        row = RosterRow(line.number, {})
        told = row.told
        for column, kind, text in line.cells:
            field = columns.get(column)
            if field is None:
                continue
            try:
                value = values.read(field.kind, kind, text)
            except values.Wrong as wrong:
                refuses = field.required or field.name in REFUSING
                row.faults.append(Fault(column, field.name, wrong.code, text, refuses, wrong.problem, wrong.fix))
                continue
            if value is not None:
                told[field.name] = value
        if not told and not row.faults:
            return None
        self._judge(row)
        if row.faults:
            del row.faults[MOST_FAULTS:]
            row.line = line
        return row

    def _judge(self, row: RosterRow) -> None:
        told, wrong = row.told, {fault.field for fault in row.faults}
        for column, field in self.header.columns.items():
            if field.required and field.name not in told and field.name not in wrong:
                row.faults.append(Fault(column, field.name, "missing", "", True))
        if "class_name" in told:
            row.grade = grade_of(told["class_name"], self._level) or 0
            if not row.grade:
                row.faults.append(self._fault("class_name", "no_grade", told["class_name"]))
            elif "birth_date" in told and self._age(told["birth_date"]) not in ages(self._level, row.grade):
                row.faults.append(self._fault("birth_date", "date_unlikely", told["birth_date"].isoformat()))
        if not row.refused and "nik" not in told and "nisn" not in told:
            row.faults.append(Fault(self._column("nisn"), "nisn", "no_number", "", False))

    def _fault(self, name: str, code: str, value: str) -> Fault:
        return Fault(self._column(name), name, code, value, True)

    def _column(self, name: str) -> int | None:
        return next((column for column, field in self.header.columns.items() if field.name == name), None)

    def _age(self, born: date) -> int:
        return self._today.year - born.year

    def field_at(self, column: int) -> Field | None:
        """The field of a column."""
        return self.header.columns.get(column)


def tells_of(heading: Iterable[str], npsn: str, name: str) -> bool:
    """Whether the lines above the table name this school."""
    wanted = _bare(name)
    return any(npsn in text or (len(wanted) > 5 and wanted in _bare(text)) for text in heading)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
