"""Deaths that may concern a pupil or a guardian."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page


class DeathNoticeView(View):
    """A death that may concern an enrolled pupil or a pupil's guardian; a person looks at it."""

    id: UUID
    person_key: str
    household_key: str | None = None
    died_on: date
    received_at: AwareDatetime
    holds: bool = Field(default=True, description="False: it was taken back; what was done because of it is undone.")
    corrected_at: AwareDatetime | None = None


class DeathNoticePage(Page):
    items: tuple[DeathNoticeView, ...]
