"""What parents ask and complain of; reviews."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..waiver_values import ComplaintState, ReviewKind, ReviewState


class CorrectionRequestView(View):
    """Answered within three times 24 hours."""

    id: UUID
    pupil_id: UUID
    name: str = Field(description="Masked for whoever is not of the school.")
    text: str
    asked_at: AwareDatetime
    due_at: AwareDatetime
    overdue: bool
    answered_at: AwareDatetime | None = None
    corrected: bool | None = None
    answer: str | None = None


class CorrectionRequestPage(Page):
    items: tuple[CorrectionRequestView, ...]


class LevyComplaintView(View):
    """A school asked money of a pupil who has a waiver."""

    id: UUID
    npsn: str
    month: date
    rupiah: int
    text: str
    anonymous: bool
    state: ComplaintState
    received_at: AwareDatetime
    decided_at: AwareDatetime | None = None
    answer: str | None = None


class LevyComplaintPage(Page):
    items: tuple[LevyComplaintView, ...]


class ReviewView(View):
    """Something for a person to look at; nothing changes by itself."""

    id: UUID
    kind: ReviewKind
    state: ReviewState
    npsn: str
    pupil_id: UUID | None = None
    name: str | None = Field(default=None, description="Masked for whoever is not of the school.")
    opened_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    note: str | None = None


class ReviewPage(Page):
    items: tuple[ReviewView, ...]
