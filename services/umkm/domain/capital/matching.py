"""Lines of a bank's file matched with loans: what is booked of each, and what waits for a person, and why.

First what came back of earlier files, then payments in the order of the file, then what came back of this one, so that
the order in which a bank writes a day's lines does not matter. A transaction that is known counts once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from contracts.umkm import BankLineKind, BankLineProblem, LoanState

from .bank_file import Line

REVERSAL, COVER = BankLineKind.REVERSAL.value, BankLineKind.COVER.value
REPAYING, FROZEN = LoanState.REPAYING.value, LoanState.FROZEN.value
OTHER_SUM, OVERPAID = BankLineProblem.OTHER_SUM.value, BankLineProblem.OVERPAID.value


class Payable(NamedTuple):
    """A loan that was paid out. Ids are text, as they go into the database again."""

    reference: str
    id: str
    group_id: str
    state: str
    disbursed_on: date
    owed: int


class Told(NamedTuple):
    """A line, or what is known of one: what makes two tellings of a transaction the same."""

    kind: str
    reference: str | None
    payer_reference: str | None
    value_date: date | None
    rupiah: int


class Entry(NamedTuple):
    """A row for the ledger; `rupiah` above 0 adds to what is owed."""

    loan_id: str
    kind: str
    rupiah: int
    value_date: date | None
    payer_loan_id: str | None
    transaction: str | None
    part: int
    reverses: int | None
    at_row: int


class Booked(NamedTuple):
    """An entry of a payment, by its number."""

    number: int
    loan_id: str
    rupiah: int
    value_date: date
    payer_loan_id: str | None
    part: int
    reversed: bool


class Origin(NamedTuple):
    """A payment that may come back: as it was told, and what of it is in the ledger."""

    rupiah: int
    reversed: bool
    entries: Sequence[Booked]


class Kept(NamedTuple):
    """A line that is kept: it waits, or it is a reversal."""

    line: Line
    loan_id: str | None
    booked: int
    problem: str | None


@dataclass(slots=True)
class Outcome:
    """What comes of some lines, but for their entries. `touched`: loans that may stand otherwise by it."""

    kept: list[Kept] = field(default_factory=list)
    already: int = 0
    rupiah: int = 0
    touched: set[str] = field(default_factory=set)
    came_back: list[str] = field(default_factory=list)

    def knows(self, line: Line, known: Mapping[str, Told]) -> bool:
        """Whether its transaction was told before: as it is now, or with another content, which waits."""
        before = known.get(line.transaction) if line.transaction and line.problem != OTHER_SUM else None
        if before is None:
            return False
        if before == told_of(line):
            self.already += 1
        else:
            self.kept.append(Kept(line, None, 0, OTHER_SUM))
        return True

    @property
    def waiting(self) -> int:
        """How many lines wait for a person."""
        return sum(one.problem is not None for one in self.kept)


def told_of(line: Line) -> Told:
    """What makes it the same as another."""
    return Told(line.kind, line.reference, line.payer_reference, line.value_date, line.rupiah)


def match_payments(
    lines: Sequence[Line], loans: Mapping[str, Payable], known: Mapping[str, Told], found: Outcome
) -> Iterator[Entry]:
    """Payments and covers, in their order; never more than is owed. Entries come one by one, so that they can be
    written while the next are matched; all else that comes of the lines is put into `found`."""
    owed = dict[str, int]()
    for line in lines:
        if found.knows(line, known):
            continue
        loan = loans.get(line.reference or "")
        payer = loans.get(line.payer_reference or "") if line.kind == COVER else None
        problem = line.problem or _problem(line, loan, payer)
        if problem is not None or loan is None:
            found.kept.append(Kept(line, loan and loan.id, 0, problem))
            continue
        left = owed.get(loan.id, loan.owed)
        booked = min(line.rupiah, left)
        owed[loan.id] = left = left - booked
        if booked < line.rupiah:
            found.kept.append(Kept(line, loan.id, booked, OVERPAID))
        if booked:
            kind, payer_id = ("covered", payer.id) if payer else ("paid", None)
            found.rupiah += booked
            if not left or loan.state != REPAYING:
                found.touched.add(loan.id)
            yield Entry(loan.id, kind, -booked, line.value_date, payer_id, line.transaction, 0, None, line.row)


def match_reversals(
    lines: Sequence[Line], origins: Mapping[str, Origin], known: Mapping[str, Told], found: Outcome
) -> Iterator[Entry]:
    """Payments that came back: wholly, and once."""
    done = set[str]()
    for line in lines:
        if found.knows(line, known):
            continue
        origin = origins.get(line.reference or "")
        problem = line.problem or _reversal_problem(line, origin, done)
        if problem is not None or origin is None:
            found.kept.append(Kept(line, None, 0, problem))
            continue
        done.add(line.reference or "")
        found.came_back.append(line.reference or "")
        back = -sum(one.rupiah for one in origin.entries)
        found.kept.append(Kept(line, None, back, None))
        found.rupiah -= back
        for one in origin.entries:
            number, loan_id, rupiah, value_date, payer, part, _ = one
            found.touched.add(loan_id)
            yield Entry(loan_id, "reversed", -rupiah, value_date, payer, line.transaction, part, number, line.row)


def _problem(line: Line, loan: Payable | None, payer: Payable | None) -> str | None:
    if loan is None or (line.kind == COVER and payer is None):
        return BankLineProblem.UNKNOWN_REFERENCE.value
    if line.value_date is None or line.value_date < loan.disbursed_on:
        return BankLineProblem.BEFORE_DISBURSEMENT.value
    if payer is None:
        return None
    if payer.id == loan.id:
        return BankLineProblem.OWN_LOAN.value
    if payer.group_id != loan.group_id:
        return BankLineProblem.OTHER_GROUP.value
    return BankLineProblem.FROZEN.value if loan.state == FROZEN else None


def _reversal_problem(line: Line, origin: Origin | None, done: set[str]) -> str | None:
    if origin is None:
        return BankLineProblem.UNKNOWN_TRANSACTION.value
    if origin.reversed or line.reference in done:
        return BankLineProblem.REVERSED_BEFORE.value
    return OTHER_SUM if line.rupiah != origin.rupiah else None
