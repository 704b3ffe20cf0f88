"""The partner bank's file of payments, read as it comes: what is wrong with the whole refuses it, what is wrong with a
line leaves that line to a person.

    H;<bank code>;<file number>;<first day>;<last day>
    P;<transaction>;<loan reference>;<value date>;<rupiah>
    C;<transaction>;<loan reference>;<value date>;<rupiah>;<payer's loan reference>
    R;<transaction>;<transaction that came back>;<value date>;<rupiah>
    T;<lines>;<rupiah>;<SHA-256 of all bytes before, hexadecimal>
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, NamedTuple

from contracts.umkm import BankLineKind, BankLineProblem

KINDS = {"P": BankLineKind.PAYMENT.value, "C": BankLineKind.COVER.value, "R": BankLineKind.REVERSAL.value}
UNREADABLE = BankLineKind.UNREADABLE.value
MOST_BYTES, MOST_LINES, LONGEST = 20_000_000, 60_000, 200
ENDS = 100
"""Lines beside those: head, end, empty ones."""
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,40}")
_LINE = re.compile(
    r"([PCR]);([A-Za-z0-9._/-]{1,40});([A-Za-z0-9._/-]{1,40});([-0-9]{10});([0-9]{1,12})(?:;([A-Za-z0-9._/-]{1,40}))?\r?\n?"
)


class Unfit(Exception):
    """The file as a whole can't be taken."""

    def __init__(self, code: str, problem: str, fix: str, row: int = 0) -> None:
        super().__init__(problem)
        self.code, self.problem, self.fix, self.row = code, problem, fix, row


@dataclass(frozen=True, slots=True)
class Head:
    """What the first and the last line say."""

    bank_code: str
    number: str
    covers_from: date
    covers_until: date
    lines: int
    rupiah: int


class Line(NamedTuple):
    """`row` counts from 1, the head included. `sent`: the text of one that could not be read. Kind and problem are
    plain text, as in contracts/umkm/capital_values.py: a file has many lines."""

    row: int
    kind: str
    transaction: str | None
    reference: str | None
    payer_reference: str | None
    value_date: date | None
    rupiah: int
    problem: str | None
    sent: str | None


def head(file: IO[bytes], bank_code: str, today: date) -> Head:
    """Head and last line, once the checksum agrees. Raises Unfit."""
    first, last, checksum = _ends(file)
    told, end = _cells(first), _cells(last)
    if len(told) != 5 or told[0] != "H":
        raise Unfit("head", "the first line is no head of a bank file", "send the bank's file as it is", 1)
    begins, ends = _day(told[3]), _day(told[4])
    if not _NAME.fullmatch(told[2]) or begins is None or ends is None:
        raise Unfit("head", "the head's number or days can't be read", "ask the bank for the file anew", 1)
    if told[1] != bank_code:
        raise Unfit("other_bank", "the file is of another bank", "send the file of the programme's bank", 1)
    if begins > ends or ends > today:
        raise Unfit("days", "the file's days are swapped, or still to come", "ask the bank for the file anew", 1)
    lines, rupiah = _end(end, checksum)
    return Head(told[1], told[2], begins, ends, lines, rupiah)


def _ends(file: IO[bytes]) -> tuple[bytes, bytes, str]:
    """The first line, the last one that says something, and the checksum of all before that."""
    first, digest = b"", hashlib.sha256()
    held: list[bytes] = []  # the last line that says something, and what follows it
    for number, line in enumerate(file, 1):
        if number > MOST_LINES + ENDS:
            raise _too_many()
        first = first or line
        if line.strip():
            for one in held:
                digest.update(one)
            held = []
        held.append(line)
    return first, held[0] if held else b"", digest.hexdigest()


def _end(end: list[str], checksum: str) -> tuple[int, int]:
    if len(end) != 4 or end[0] != "T" or not (_whole(end[1]) and _whole(end[2].removeprefix("-"))):
        raise Unfit("cut_off", "the last line is missing: the file was cut off", "send all of it")
    if end[3].lower() != checksum:
        raise Unfit("checksum", "the checksum does not agree: the file was changed or cut", "send it as it came")
    if int(end[1]) > MOST_LINES:
        raise _too_many()
    return int(end[1]), int(end[2])


class Lines:
    """The lines between head and end; at the end they must be as many, and as much, as the last line says."""

    def __init__(self, file: IO[bytes], head: Head, today: date) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
        self._head, self._today = head, today
        self._days: dict[str, date | None] = {}  # a file names few days

    def __iter__(self) -> Iterator[Line]:
        """Raises Unfit."""
        lines = rupiah = unreadable = 0
        end = False
        for row, text in enumerate(self._text, 1):
            if row == 1 or text.isspace():
                continue
            if text.startswith("T;"):
                end = True
                continue
            if end:
                raise Unfit("after_end", "a line follows the last one", "send the bank's file as it is", row)
            line = self._line(row, text)
            lines += 1
            if line.kind == BankLineKind.UNREADABLE:
                unreadable += 1
            rupiah += -line.rupiah if line.kind == BankLineKind.REVERSAL else line.rupiah
            yield line
        if lines != self._head.lines:
            raise Unfit("count", "the last line counts another number of lines", "ask the bank for the file anew")
        if not unreadable and rupiah != self._head.rupiah:
            raise Unfit("sum", "the last line names another sum", "ask the bank for the file anew")

    def _line(self, row: int, text: str) -> Line:
        if told := _LINE.fullmatch(text):
            letter, transaction, reference, day_text, rupiah, payer = told.groups()
            day = self._day(day_text)
            if day is not None and (letter == "C") == (payer is not None) and (sum_ := int(rupiah)):
                problem = BankLineProblem.FUTURE_VALUE_DATE.value if day > self._today else None
                return Line(row, KINDS[letter], transaction, reference, payer, day, sum_, problem, None)
        sent = text.rstrip("\r\n")[:LONGEST].replace("\0", "")
        return Line(row, UNREADABLE, None, None, None, None, 0, BankLineProblem.UNREADABLE.value, sent)

    def _day(self, text: str) -> date | None:
        if text not in self._days:
            self._days[text] = _day(text)
        return self._days[text]


def _too_many() -> Unfit:
    return Unfit("too_many_lines", "the file has too many lines", "ask the bank for several files")


def _cells(line: bytes) -> list[str]:
    return line[:LONGEST].decode("utf-8-sig", "replace").strip().split(";")


def _whole(cell: str) -> bool:
    return cell.isascii() and cell.isdecimal() and len(cell) <= 18


def _day(cell: str) -> date | None:
    """Year, month and day; the forms of ISO 8601 that count weeks or leave out the dashes are not meant."""
    if len(cell) != 10 or cell[4] != "-" or cell[7] != "-" or not cell.isascii():
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
