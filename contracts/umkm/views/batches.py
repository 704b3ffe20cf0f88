"""Batches of training, and bazaars."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import BatchKind, BatchState, SizeClass


class SessionView(View):
    """One meeting, or one day of a bazaar."""

    number: int
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    listed: bool = Field(description="Whether its attendance list was typed in.")


class SeatCounts(View):
    """`taken` holds offers, too; `free` is what the next who asks may have now."""

    taken: int
    waiting: int
    free: int


class BatchView(View):
    """A training or a bazaar. During the head start seats are given to people with social priority or a disability;
    others are on the list meanwhile."""

    id: UUID
    kind: BatchKind
    state: BatchState
    title: str
    description: str
    venue: str
    kelurahan_code: str
    classes: tuple[SizeClass, ...]
    quota: int
    seats: SeatCounts
    opens_at: AwareDatetime
    head_start_until: AwareDatetime | None = None
    closes_at: AwareDatetime
    sessions: tuple[SessionView, ...]
    sessions_needed: int
    reason: str | None = None
    version: int


class BatchPage(Page):
    items: tuple[BatchView, ...]
