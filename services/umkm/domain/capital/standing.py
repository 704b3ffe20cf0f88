"""How a loan stands, reckoned anew each time from schedule and ledger: no balance is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.umkm import LoanState

from .schedule import Instalment


@dataclass(frozen=True, slots=True)
class Payment:
    """Below 0: it came back. A payment that came back never counts, so it bears the day of the payment."""

    rupiah: int
    value_date: date
    own: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """`arrears`: what was due by the last day that the bank's files cover, and was not paid."""

    owed: int
    arrears: int
    covered: int
    timely: bool
    last_paid_on: date | None

    def state(self, now: LoanState) -> LoanState:
        """Frozen and in recourse stay so until a person, or the last rupiah, ends it."""
        if self.owed == 0:
            return LoanState.SETTLED
        if now in (LoanState.FROZEN, LoanState.IN_RECOURSE):
            return now
        return LoanState.ARREARS if self.arrears else LoanState.REPAYING


def standing(
    schedule: Sequence[Instalment], payments: Sequence[Payment], covered_until: date | None, grace_days: int
) -> Standing:
    """By value date. Timely: each instalment by its day and the days of grace, by the member's own payments."""
    total = sum(one.rupiah for one in schedule)
    paid = sum(one.rupiah for one in payments)
    due = sum(one.rupiah for one in schedule if covered_until is not None and one.due_on <= covered_until)
    timely, cumulated = True, 0
    for one in schedule:
        cumulated += one.rupiah
        until = one.due_on + timedelta(days=grace_days)
        timely &= sum(pay.rupiah for pay in payments if pay.own and pay.value_date <= until) >= cumulated
    days = [one.value_date for one in payments if one.rupiah > 0]
    return Standing(
        owed=total - paid,
        arrears=max(0, due - paid),
        covered=sum(one.rupiah for one in payments if not one.own),
        timely=timely,
        last_paid_on=max(days, default=None),
    )


def paid_of(schedule: Sequence[Instalment], paid: int) -> list[int]:
    """How much of each instalment is paid: the oldest first."""
    found = []
    for one in schedule:
        found.append(min(one.rupiah, max(0, paid)))
        paid -= one.rupiah
    return found
