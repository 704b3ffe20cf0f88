"""What applying a roster would do with a row: who the child is, by their numbers, and where they are enrolled now.

Numbers decide, never names: twins share a birth date and a family card. A row without any number is a pupil of its
own; only the same school's earlier entry of the same name and birth date can be the same child.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from contracts.education import RowOutcome


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil as the office knows them. `numbers` by kind; `npsn` is None without a present school."""

    id: UUID
    numbers: dict[str, str]
    fingerprint: bytes
    npsn: str | None
    place: tuple[str, int, str] | None


@dataclass(slots=True)
class Told:
    """A row as the roster tells it: keys of its numbers by kind, of its name with the birth date, and the place."""

    number: int
    numbers: dict[str, str]
    name: tuple[bytes, date]
    fingerprint: bytes
    place: tuple[str, int, str]


@dataclass(slots=True)
class Outcome:
    """`fault` is a kind of number and a code of faults.py, for a row that is refused only now."""

    outcome: RowOutcome
    known: Known | None = None
    first_row: int | None = None
    fault: tuple[str, str] | None = None


@dataclass
class Seen:
    """What stood in the file before: rows by number, and pupils without numbers already met by name."""

    rows: dict[str, int] = field(default_factory=dict)
    taken: set[UUID] = field(default_factory=set)


def decide(npsn: str, told: Told, by_number: dict[tuple[str, str], Known], named: list[Known], seen: Seen) -> Outcome:
    """The outcome of a row; `named` are the school's pupils without numbers of that name and birth date."""
    pupil = None
    for number in told.numbers.items():
        if number[1] in seen.rows:
            return Outcome(RowOutcome.DUPLICATE, first_row=seen.rows[number[1]])
        known = by_number.get(number)
        if known and pupil and known.id != pupil.id:
            return Outcome(RowOutcome.REFUSED, fault=("nik", "two_children"))
        pupil = pupil or known
    if pupil is None and named:
        pupil = next((one for one in named if one.id not in seen.taken), None)
    if pupil is not None:
        differs = next((kind for kind, key in told.numbers.items() if pupil.numbers.get(kind, key) != key), None)
        if differs:
            return Outcome(RowOutcome.REFUSED, fault=(differs, "number_differs"))
        if pupil.id in seen.taken:
            return Outcome(RowOutcome.DUPLICATE)
        seen.taken.add(pupil.id)
    for key in told.numbers.values():
        seen.rows[key] = told.number
    return Outcome(_kind(npsn, told, pupil), pupil)


def _kind(npsn: str, told: Told, pupil: Known | None) -> RowOutcome:
    if pupil is None or pupil.npsn is None:
        return RowOutcome.NEW
    if pupil.npsn != npsn:
        return RowOutcome.MOVED_HERE
    same = pupil.fingerprint == told.fingerprint and pupil.place == told.place
    more = any(kind not in pupil.numbers for kind in told.numbers)
    return RowOutcome.UNCHANGED if same and not more else RowOutcome.CHANGED
