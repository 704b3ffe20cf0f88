"""Waivers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import View
from ...paging import Page
from ..waiver_values import Programme, WaiverEnd, WaiverState


class WaiverView(View):
    """Of a pupil and a term."""

    id: UUID
    pupil_id: UUID
    name: str = Field(description="Masked for whoever is not of the school.")
    npsn: str | None = Field(description="The pupil's present school.")
    programme: Programme
    school_year: str
    term: int
    state: WaiverState
    starts_on: date
    ends_on: date
    end_reason: WaiverEnd | None = None
    decision_id: UUID
    version: int


class WaiverPage(Page):
    items: tuple[WaiverView, ...]
