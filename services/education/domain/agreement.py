"""Agreement between the city and a partner school for one school year: draft → signed ⇄ suspended → ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from contracts.education import AgreementState, AgreementWrongState, FeeLine

HOLDS = (AgreementState.SIGNED, AgreementState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Places:
    """Of one grade; rupiah for each pupil and school year."""

    grade: int
    quota: int
    yearly_rupiah: int


@dataclass(slots=True)
class Agreement:
    """The version rises by one per change."""

    id: UUID
    npsn: str
    school_year: str
    places: tuple[Places, ...]
    covered: tuple[FeeLine, ...]
    state: AgreementState = AgreementState.DRAFT
    number: str | None = None
    signed_on: date | None = None
    ends_on: date | None = None
    reason: str | None = None
    version: int = 1

    def write(self, places: tuple[Places, ...], covered: tuple[FeeLine, ...]) -> bool:
        """Write the draft anew; True if anything changed. What is signed stays as it was signed."""
        if (places, covered) == (self.places, self.covered):
            return False
        self._turn("draft_agreement", AgreementState.DRAFT, AgreementState.DRAFT)
        self.places, self.covered = places, covered
        return True

    def sign(self, number: str, signed_on: date) -> None:
        """It holds from now on."""
        self._turn("sign_agreement", AgreementState.SIGNED, AgreementState.DRAFT)
        self.number, self.signed_on = number, signed_on

    def suspend(self, reason: str) -> None:
        """For now."""
        self._turn("suspend_agreement", AgreementState.SUSPENDED, AgreementState.SIGNED)
        self.reason = reason

    def resume(self) -> None:
        """It holds again."""
        self._turn("resume_agreement", AgreementState.SIGNED, AgreementState.SUSPENDED)
        self.reason = None

    def end(self, ends_on: date, reason: str) -> None:
        """For good."""
        self._turn("end_agreement", AgreementState.ENDED, AgreementState.DRAFT, *HOLDS)
        self.ends_on, self.reason = ends_on, reason

    def take_over(self, others: tuple[Places, ...]) -> None:
        """Places of a school that this one took over: its own rate stays where it has one."""
        own = {one.grade: one for one in self.places}
        for one in others:
            mine = own.get(one.grade)
            own[one.grade] = replace(mine, quota=mine.quota + one.quota) if mine else one
        self.places = tuple(own[grade] for grade in sorted(own))
        self.version += 1

    def for_heir(self, id: UUID, npsn: str) -> Agreement:
        """The same, with the school that took this one over."""
        return replace(self, id=id, npsn=npsn, version=1)

    def _turn(self, step: str, state: AgreementState, *allowed: AgreementState) -> None:
        if self.state not in allowed:
            raise AgreementWrongState(
                f"{step} is not possible in state {self.state}",
                detail_id=f"{step} tidak mungkin pada status {self.state}",
                state=self.state,
                allowed=sorted(allowed),
            )
        self.state = state
        self.version += 1
