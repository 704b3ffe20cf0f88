"""Seats in batches."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import PriorityReason, SeatState


class SeatView(View):
    """Somebody's seat, or their place on the waiting list. `number` is the one on the attendance list."""

    id: UUID
    batch_id: UUID
    business_id: UUID
    owner_name: str = Field(description="Masked for whoever is neither the owner nor keeps the batch.")
    state: SeatState
    reasons: tuple[PriorityReason, ...] = Field(description="Why they are further ahead than others.")
    number: int
    place: int | None = Field(default=None, description="On the waiting list; 1 is next.")
    asked_at: AwareDatetime
    expires_at: AwareDatetime | None = Field(default=None, description="Of an offer: answer before.")
    sessions: tuple[int, ...] = Field(default=(), description="Numbers of those attended.")
    certificate_id: UUID | None = None
    version: int


class SeatPage(Page):
    items: tuple[SeatView, ...]


class AttendanceView(View):
    """Who came to a session, by the numbers on the list."""

    batch_id: UUID
    session: int
    present: tuple[int, ...]
    version: int
