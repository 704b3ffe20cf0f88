"""Until when rosters count."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from ...base import View


class CutOffView(View):
    """Days of WIB, each until its end."""

    school_year: str
    term: int
    last_day: date
    mend_until: date = Field(description="For rows that were refused in a roster on time: three working days more.")
    version: int


class CutOffsView(View):
    items: tuple[CutOffView, ...]
