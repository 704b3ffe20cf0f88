"""A school's claim for months that it has confirmed: submitted → approved, or returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.education import ClaimState, Programme, SamePerson

from .waiver import wrong_state


@dataclass(slots=True)
class Claim:
    """`lines`: what was approved, of each month and grade."""

    id: UUID
    npsn: str
    programme: Programme
    school_year: str
    first_month: date
    last_month: date
    submitted_at: datetime
    submitted_by: str
    state: ClaimState = ClaimState.SUBMITTED
    lines: list[dict[str, Any]] | None = None
    reason: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    version: int = 1

    def approve(self, now: datetime, by: str) -> None:
        """The city owes it. Raises SamePerson."""
        if by == self.submitted_by:
            raise SamePerson("approve_claim")
        self._decide("approve_claim", ClaimState.APPROVED, now, by)

    def give_back(self, now: datetime, by: str, reason: str) -> None:
        """Something is wrong with it."""
        self._decide("return_claim", ClaimState.RETURNED, now, by)
        self.reason = reason

    def _decide(self, step: str, state: ClaimState, now: datetime, by: str) -> None:
        if self.state is not ClaimState.SUBMITTED:
            raise wrong_state(step, self.state, [ClaimState.SUBMITTED])
        self.state, self.decided_at, self.decided_by = state, now, by
        self.version += 1


@dataclass(frozen=True, slots=True)
class Rate:
    """Of a month and a grade: for how many pupils at most (None: no limit), and rupiah for each."""

    quota: int | None
    monthly_rupiah: int

    def paid_for(self, confirmed: int, before: int = 0) -> int:
        """How many of the confirmed are paid for, when others were approved before."""
        return confirmed if self.quota is None else max(0, min(confirmed, self.quota - before))
