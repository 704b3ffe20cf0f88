"""What parents ask: a correction within three times 24 hours (UU 27/2022 art. 30); a complaint of a levy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contracts.education import ComplaintState

from .waiver import wrong_state

TIME_TO_CORRECT = timedelta(hours=72)


@dataclass(slots=True)
class CorrectionRequest:
    """What a parent says is wrong in a child's data."""

    id: UUID
    pupil_id: UUID
    citizen: str
    text: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    corrected: bool | None = None
    answer: str | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.answered_at is None and now > self.due_at

    def reply(self, now: datetime, by: str, answer: str, *, corrected: bool) -> None:
        """Once."""
        if self.answered_at is not None:
            raise wrong_state("answer_correction_request", "answered", ["open"])
        self.answered_at, self.answered_by, self.answer, self.corrected = now, by, answer, corrected


@dataclass(slots=True)
class Complaint:
    """`citizen` is None for an anonymous one: nothing is kept of who it was."""

    id: UUID
    npsn: str
    month: date
    rupiah: int
    text: str
    citizen: str | None
    received_at: datetime
    state: ComplaintState = ComplaintState.RECEIVED
    decided_at: datetime | None = None
    decided_by: str | None = None
    answer: str | None = None

    def decide(self, now: datetime, by: str, answer: str, *, upheld: bool) -> None:
        """Once."""
        if self.state is not ComplaintState.RECEIVED:
            raise wrong_state("decide_complaint", self.state, [ComplaintState.RECEIVED])
        self.state = ComplaintState.UPHELD if upheld else ComplaintState.NOT_UPHELD
        self.decided_at, self.decided_by, self.answer = now, by, answer
