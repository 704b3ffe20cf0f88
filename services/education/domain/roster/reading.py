"""A row of a roster: the pupil that it tells of, and what is wrong with it. Rows are judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..sheets import Line, Unreadable
from . import values
from .details import FIRST, KEPT, POSITIONS, packed, unpacked
from .faults import Fault
from .grades import ages, grade_of
from .header import SEARCHED, Header, find_header, not_found

REFUSING = frozenset({"nik", "nisn"})
"""Besides what must be there: a child's own numbers. Whatever else can't be read is left out, and said."""
MOST_FAULTS = 12
_NOTHING = [None] * len(KEPT)
_NAME, _CLASS_NAME, _BIRTH_DATE = POSITIONS["name"], POSITIONS["class_name"], POSITIONS["birth_date"]
_NISN, _NIK = POSITIONS["nisn"], POSITIONS["nik"]


class RosterRow(NamedTuple):
    """What a row tells. `packed`: all of it (details.py); the values that sort it in stand by themselves too.

    A row that is not refused has name, sex, birth date and class.
    """

    number: int
    grade: int
    packed: bytes
    faults: list[Fault]
    line: Line | None
    name: str = ""
    sex: str | None = None
    birth_date: date | None = None
    class_name: str | None = None
    nisn: str | None = None
    nik: str | None = None
    family_card: str | None = None
    father: str | None = None
    mother: str | None = None
    guardian: str | None = None

    @property
    def refused(self) -> bool:
        """Whether it can't be taken."""
        return any(fault.refuses for fault in self.faults)

    @property
    def details(self) -> dict[str, Any]:
        """The values by the names of the mapping."""
        return unpacked(self.packed)


class Roster:
    """The rows of a file for a school of this level. `today` is the day on which ages are reckoned."""

    def __init__(self, sheets: Iterable[Iterable[Line]], level: str, today: date, most_rows: int) -> None:
        self._level, self._today, self._most = level, today, most_rows
        self.header, self._first, self._rest = self._open(sheets)
        columns = self.header.columns.items()
        self._readers = {column: (POSITIONS[field.name], values.reader(field.kind)) for column, field in columns}
        self._required = [(POSITIONS[field.name], column, field.name) for column, field in columns if field.required]

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
        readers = self._readers
        told: list[Any] = [None] * len(KEPT)
        faults: list[Fault] = []
        for column, kind, text in line.cells:
            known = readers.get(column)
            if known is None:
                continue
            position, read = known
            try:
                told[position] = read(text, kind)
            except values.Wrong as wrong:
                faults.append(self._wrong(column, wrong, text))
        if not faults and told == _NOTHING:
            return None
        grade = self._judge(told, faults)
        if faults:
            del faults[MOST_FAULTS:]
        first = told[: len(FIRST)]
        first[_NAME] = first[_NAME] or ""
        return RosterRow(line.number, grade, packed(told), faults, line if faults else None, *first)

    def _wrong(self, column: int, wrong: values.Wrong, text: str) -> Fault:
        field = self.header.columns[column]
        refuses = field.required or field.name in REFUSING
        return Fault(column, field.name, wrong.code, text, refuses, wrong.problem, wrong.fix)

    def _judge(self, told: Sequence[Any], faults: list[Fault]) -> int:
        """The grade, 0 if there is none; adds what is wrong with the row as a whole."""
        wrong = {fault.field for fault in faults}
        for position, column, name in self._required:
            if told[position] is None and name not in wrong:
                faults.append(Fault(column, name, "missing", "", True))
        grade, class_name, born = 0, told[_CLASS_NAME], told[_BIRTH_DATE]
        if class_name is not None:
            grade = grade_of(class_name, self._level) or 0
            if not grade:
                faults.append(self._fault("class_name", "no_grade", class_name))
            elif born is not None and self._today.year - born.year not in ages(self._level, grade):
                faults.append(self._fault("birth_date", "date_unlikely", born.isoformat()))
        if told[_NIK] is None and told[_NISN] is None and not any(fault.refuses for fault in faults):
            faults.append(Fault(self._column("nisn"), "nisn", "no_number", "", False))
        return grade

    def _fault(self, name: str, code: str, value: str) -> Fault:
        return Fault(self._column(name), name, code, value, True)

    def _column(self, name: str) -> int | None:
        return next((column for column, field in self.header.columns.items() if field.name == name), None)


def tells_of(heading: Iterable[str], npsn: str, name: str) -> bool:
    """Whether the lines above the table name this school."""
    wanted = _bare(name)
    return any(npsn in text or (len(wanted) > 5 and wanted in _bare(text)) for text in heading)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
