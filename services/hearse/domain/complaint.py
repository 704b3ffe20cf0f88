"""Complaint: what a family says of the service; a supervisor answers. There are no stars to give for a funeral."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from .refusals import wrong_state


@dataclass(slots=True)
class Complaint:
    """Neither text nor answer is in the repr; both are null once they were erased."""

    id: UUID
    booking_id: UUID
    made_at: datetime
    text: str | None = field(repr=False)
    answer: str | None = field(default=None, repr=False)
    answered_at: datetime | None = None
    answered_by: str | None = None

    def reply(self, answer: str, by: str, now: datetime) -> bool:
        """Answer it; the same again changes nothing (False). Another answer raises BookingWrongState."""
        if self.answered_at is not None:
            if self.answer == answer:
                return False
            raise wrong_state("answer", "answered", ["open"])
        self.answer, self.answered_at, self.answered_by = answer, now, by
        return True
