"""Complaints."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page


class ComplaintView(View):
    """What a family says of the service, and what was answered."""

    id: UUID
    booking_id: UUID
    made_at: AwareDatetime
    text: str | None = Field(default=None, description="Null once it was erased.")
    answer: str | None = None
    answered_at: AwareDatetime | None = None
    answered_by: str | None = None


class ComplaintPage(Page):
    items: tuple[ComplaintView, ...]
