"""Transfers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import TransferState


class TransferView(View):
    """A move that both schools see. `name` is masked for the receiving school until it is confirmed."""

    id: UUID
    pupil_id: UUID
    name: str
    from_npsn: str
    to_npsn: str
    school_year: str
    grade: int
    class_name: str
    state: TransferState
    proposed_at: AwareDatetime
    from_on: date = Field(description="First day at the receiving school.")
    objection: str | None = None
    decided_at: AwareDatetime | None = None
    version: int


class TransferPage(Page):
    items: tuple[TransferView, ...]
