"""The education service's language."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from .base import Event, View
from .paging import Page, PageQuery

SUBSCRIBES = ("hearse.death-recorded.v1", "hearse.death-corrected.v1")


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


class WaiverGranted(Event, type="education.waiver-granted.v1"):
    """A fee waiver was decided; the means-tested programme carries the family's key."""

    waiver_id: UUID
    programme: str = Field(description="bop or tangerang_cerdas")
    school_year: str = Field(pattern=r"^\d{4}/\d{4}$")
    term: int = Field(ge=1, le=2)
    person_key: str
    household_key: str | None = None


class ListDeathNotices(
    PageQuery, operation="education.list_death_notices", scope="education:read", reply=DeathNoticePage
):
    """Newest first."""
