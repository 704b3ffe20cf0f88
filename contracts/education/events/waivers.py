"""School-fee waivers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event


class WaiverGranted(Event, type="education.waiver-granted.v1"):
    """A fee waiver was decided; the means-tested programme carries the family's key."""

    waiver_id: UUID
    programme: str = Field(description="bop or tangerang_cerdas")
    school_year: str = Field(pattern=r"^\d{4}/\d{4}$")
    term: int = Field(ge=1, le=2)
    person_key: str
    household_key: str | None = None


class WaiverEnded(Event, type="education.waiver-ended.v1"):
    """A fee waiver ends before its term, or is not granted again; a means-tested one carries the family's key."""

    waiver_id: UUID
    ends_on: date
    reason: str = Field(description="A code, such as left_city or not_eligible; more may come.")
    household_key: str | None = None
