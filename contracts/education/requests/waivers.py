"""Waivers that were granted."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Request
from ...identity import Npsn
from ...paging import PageQuery
from ...times import Day
from ..values import SchoolYear
from ..views import WaiverPage, WaiverView
from ..waiver_values import Programme, WaiverEnd, WaiverState

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class ListWaivers(PageQuery, operation="education.list_waivers", scope="education:apply", reply=WaiverPage):
    """By id; a school's operator sees those of their present pupils."""

    npsn: Npsn | None = None
    pupil_id: UUID | None = None
    programme: Programme | None = None
    school_year: SchoolYear | None = None
    state: WaiverState | None = None


class EndWaiver(Request, operation="education.end_waiver", scope="education:decide", reply=WaiverView):
    """It does not hold after that day. The month of the day counts if the 15th was still covered; after a death it
    counts always."""

    waiver_id: UUID
    ends_on: Day
    reason: WaiverEnd
    note: Note = Field(repr=False)
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


__all__ = ["EndWaiver", "ListWaivers"]
