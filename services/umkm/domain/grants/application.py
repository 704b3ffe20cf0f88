"""An application for a grant: desk_review → field_survey → scoring → granted → handed_over.

Or refused at any step, or withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.problems import wrong_field
from contracts.umkm import GrantRefusal, GrantState, GrantWrongState, ReviewerScores, SameReviewer, SizeClass

from ..refusals import wrong_state
from ..scoring import Assessment, Scored, Scoresheet

LIVE = (GrantState.DESK_REVIEW, GrantState.FIELD_SURVEY, GrantState.SCORING)
HELD = (GrantState.GRANTED, GrantState.HANDED_OVER)
OF_DECISION = {GrantRefusal.BELOW_PASS, GrantRefusal.OUTRANKED, GrantRefusal.INELIGIBLE}
"""Reasons that only the decision of a round gives."""


@dataclass(slots=True)
class GrantApplication(Scored):
    """Household, kecamatan and class are those of when it was made. `findings` are of the visit."""

    id: UUID
    round_id: UUID
    owner_id: UUID
    business_id: UUID
    household_key: str
    kecamatan_code: str
    size_class: SizeClass
    rupiah: int
    use: str = field(repr=False)
    scoresheet: Scoresheet
    applied_at: datetime
    applied_by: str
    state: GrantState = GrantState.DESK_REVIEW
    reasons: tuple[GrantRefusal, ...] = ()
    reviewed_by: str | None = None
    visited_on: date | None = None
    visited_by: str | None = None
    findings: str | None = field(default=None, repr=False)
    granted_rupiah: int | None = None
    reason: str | None = field(default=None, repr=False)
    decided_at: datetime | None = None
    handed_on: date | None = None
    receipt: str | None = None
    version: int = 1
    assessments: tuple[Assessment, ...] = ()

    def require(self, step: str, *allowed: GrantState) -> None:
        """Raise GrantWrongState."""
        if self.state not in allowed:
            raise wrong_state(GrantWrongState, step, self.state, allowed)

    def review(self, passed: bool, reasons: Sequence[GrantRefusal], by: str) -> None:
        """The papers, at the desk."""
        self.require("review_grant", GrantState.DESK_REVIEW)
        self.reviewed_by = by
        self._looked_at(passed, reasons, GrantState.FIELD_SURVEY)

    def survey(self, passed: bool, reasons: Sequence[GrantRefusal], on: date, findings: str, by: str) -> None:
        """The visit, by somebody else. Raises SameReviewer."""
        self.require("survey_grant", GrantState.FIELD_SURVEY)
        if by == self.reviewed_by:
            raise SameReviewer
        self.visited_on, self.visited_by, self.findings = on, by, findings
        self._looked_at(passed, reasons, GrantState.SCORING)

    def require_scorer(self, who: str) -> None:
        """Raise ReviewerScores for somebody who has seen who applies."""
        if who in (self.applied_by, self.reviewed_by, self.visited_by):
            raise ReviewerScores

    def withdraw(self) -> None:
        """By its owner, before it is decided."""
        self.require("withdraw_grant", *LIVE)
        self._turn(GrantState.WITHDRAWN)

    def grant(self, rupiah: int, reason: str | None, now: datetime) -> None:
        """By the decision of its round."""
        self.granted_rupiah, self.reason, self.decided_at = rupiah, reason, now
        self._turn(GrantState.GRANTED)

    def refuse(self, why: GrantRefusal, reason: str | None, now: datetime) -> None:
        """By the decision of its round, or because that was cancelled."""
        self.reasons, self.reason, self.decided_at = (why,), reason, now
        self._turn(GrantState.REFUSED)

    def hand_over(self, on: date, receipt: str) -> None:
        """The owner has it."""
        self.require("hand_over_grant", GrantState.GRANTED)
        self.handed_on, self.receipt = on, receipt
        self._turn(GrantState.HANDED_OVER)

    def _looked_at(self, passed: bool, reasons: Sequence[GrantRefusal], next: GrantState) -> None:
        if passed == bool(reasons):
            raise wrong_field(
                "reasons",
                "unwanted" if passed else "missing",
                "what is passed has no reasons, and what is not has some",
                "send reasons if and only if it is not passed",
            )
        if OF_DECISION & set(reasons):
            raise wrong_field(
                "reasons", "of_decision", "this reason is given by the decision of the round alone", "send another"
            )
        self.reasons = tuple(dict.fromkeys(reasons))
        self._turn(next if passed else GrantState.REFUSED)

    def _turn(self, state: GrantState) -> None:
        self.state = state
        self.version += 1
