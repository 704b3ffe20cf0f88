"""A round of grants: its rule stays as announced; it opens and closes by the clock and is decided as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.problems import wrong_field
from contracts.times import WIB
from contracts.umkm import GrantBar, GrantRoundState, GrantRoundWrongState, SizeClass

from ..owner import Owner
from ..refusals import wrong_state


@dataclass(slots=True)
class GrantRound:
    """`barred_years` None: an earlier grant bars for ever. `scoresheet` is a version."""

    id: UUID
    title: str
    description: str
    opens_at: datetime
    closes_at: datetime
    places: int
    budget_rupiah: int
    least_rupiah: int
    most_rupiah: int
    classes: tuple[SizeClass, ...]
    certificates: int
    barred_years: int | None
    scoresheet: int
    announced_by: str
    ended: GrantRoundState | None = None
    reason: str | None = None
    granted: int | None = None
    granted_rupiah: int | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    version: int = 1

    def state(self, now: datetime) -> GrantRoundState:
        """By the clock, until it is decided or cancelled."""
        if self.ended is not None:
            return self.ended
        if now < self.opens_at:
            return GrantRoundState.ANNOUNCED
        return GrantRoundState.OPEN if now < self.closes_at else GrantRoundState.REVIEWING

    def require(self, step: str, now: datetime, *allowed: GrantRoundState) -> None:
        """Raise GrantRoundWrongState."""
        if self.state(now) not in allowed:
            raise wrong_state(GrantRoundWrongState, step, self.state(now), allowed)

    def require_sum(self, rupiah: int, name: str = "rupiah") -> None:
        """Raise InvalidRequest unless so much can be granted to one."""
        if not self.least_rupiah <= rupiah <= self.most_rupiah:
            raise wrong_field(
                name, "outside_round", "the sum is below the least or above the most of the round", "look at the round"
            )

    def cancel(self, reason: str, now: datetime) -> None:
        """Nothing is granted."""
        self.require("cancel_grant_round", now, *BEFORE_END)
        self.ended, self.reason = GrantRoundState.CANCELLED, reason
        self.version += 1

    def decide(self, granted: int, rupiah: int, by: str, now: datetime) -> None:
        """All at once."""
        self.ended, self.decided_at, self.decided_by = GrantRoundState.DECIDED, now, by
        self.granted, self.granted_rupiah = granted, rupiah
        self.version += 1

    def barred_until(self, received_on: date) -> date | None:
        """The last day on which a grant of then bars; None: for ever."""
        if self.barred_years is None:
            return None
        leap = (received_on.month, received_on.day) == (2, 29)
        return (received_on.replace(day=28) if leap else received_on).replace(year=received_on.year + self.barred_years)

    def bars(
        self,
        owner: Owner,
        size: SizeClass,
        *,
        verified: bool,
        certificates: int,
        received_on: date | None,
        deceased: bool,
    ) -> Iterator[GrantBar]:
        """Why this owner can't have a grant of this round. `received_on`: the last day on which the owner or somebody
        of the household was granted one; it is measured against the round's last day, the same for all."""
        if deceased:
            yield GrantBar.DECEASED
        if not verified:
            yield GrantBar.NOT_VERIFIED
        if not owner.resident:
            yield GrantBar.RESIDENT
        if size not in self.classes:
            yield GrantBar.SIZE_CLASS
        if owner.household_key is None:
            yield GrantBar.HOUSEHOLD_UNKNOWN
        if certificates < self.certificates:
            yield GrantBar.CERTIFICATE
        if received_on is not None:
            until = self.barred_until(received_on)
            if until is None or self.closes_at.astimezone(WIB).date() <= until:
                yield GrantBar.RECEIVED_BEFORE


BEFORE_END = (GrantRoundState.ANNOUNCED, GrantRoundState.OPEN, GrantRoundState.REVIEWING)
