"""A group that borrows together: forming → office check → bank check → approved → active → settled; dissolved.

It is the aggregate of its loans: whoever changes a loan before it is paid out holds the group's lock, and the group's
state follows from its members'.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contracts.umkm import GroupState, GroupWrongState, LoanState

from ..refusals import wrong_state
from .loan import BEFORE_PAYOUT, Loan
from .terms import Terms

CHECKED = (GroupState.OFFICE_CHECK, GroupState.BANK_CHECK)
UNPAID = (GroupState.FORMING, *CHECKED, GroupState.APPROVED)


@dataclass(slots=True)
class Group:
    """`due_at`: until when it is to be checked. The version rises by one per change."""

    id: UUID
    name: str
    months: int
    terms: int
    formed_at: datetime
    formed_by: str
    state: GroupState = GroupState.FORMING
    due_at: datetime | None = None
    overdue: bool = False
    disbursed_on: date | None = None
    reason: str | None = None
    version: int = 1

    def require(self, step: str, *allowed: GroupState) -> None:
        """Raise GroupWrongState."""
        if self.state not in allowed:
            raise wrong_state(GroupWrongState, step, self.state, allowed)

    def submit(self, loans: Sequence[Loan], terms: Terms, now: datetime) -> None:
        """To the office: whoever was not checked yet is to be. Raises GroupSize."""
        self.require("submit_group", GroupState.FORMING)
        members = members_of(loans)
        terms.require_members(len(members))
        for one in members:
            if one.state is LoanState.DRAFT:
                one.turn(LoanState.OFFICE_CHECK, "submit_group")
        self._stand(members, terms, now)

    def follow(self, loans: Sequence[Loan], terms: Terms, now: datetime) -> bool:
        """After a member was checked or has left; True if the group stands elsewhere by that."""
        before = self.state, self.due_at
        if self.state in (*CHECKED, GroupState.APPROVED):
            self._stand(members_of(loans), terms, now)
        self.version += 1
        return before != (self.state, self.due_at)

    def disburse(self, on: date) -> None:
        """All members were paid out."""
        self.require("disburse_group", GroupState.APPROVED)
        self._turn(GroupState.ACTIVE)
        self.disbursed_on = on

    def settle(self, states: Collection[LoanState]) -> bool:
        """By the states of all that was paid out: settled with the last of it, active again when one is not; True if
        that changes it."""
        wanted = GroupState.SETTLED if set(states) == {LoanState.SETTLED} else GroupState.ACTIVE
        if self.disbursed_on is None or wanted is self.state:
            return False
        self._turn(wanted)
        return True

    def dissolve(self, reason: str) -> None:
        """Before anything was paid out."""
        self.require("dissolve_group", *UNPAID)
        self._turn(GroupState.DISSOLVED)
        self.reason = reason

    def late(self) -> bool:
        """The time for a check is over; False if it was known."""
        if self.overdue or self.state not in CHECKED:
            return False
        self.overdue = True
        self.version += 1
        return True

    def _stand(self, members: Sequence[Loan], terms: Terms, now: datetime) -> None:
        states = {one.state for one in members}
        if len(members) < terms.least_members:
            wanted, hours = GroupState.FORMING, None
        elif LoanState.OFFICE_CHECK in states:
            wanted, hours = GroupState.OFFICE_CHECK, terms.office_hours
        elif LoanState.BANK_CHECK in states:
            wanted, hours = GroupState.BANK_CHECK, terms.bank_hours
        else:
            wanted, hours = GroupState.APPROVED, None
        if wanted is not self.state:
            self._turn(wanted)
            self.due_at = now + timedelta(hours=hours) if hours else None

    def _turn(self, state: GroupState) -> None:
        self.state, self.due_at, self.overdue = state, None, False
        self.version += 1


def members_of(loans: Sequence[Loan]) -> list[Loan]:
    """Those who have neither left nor been refused, while nothing is paid out."""
    return [one for one in loans if one.state in BEFORE_PAYOUT or one.frozen_before is not None]
