"""Schools."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import Level, Ownership


class SchoolView(View):
    """One school. `pupils` is how many are enrolled, by grade; only where one school is shown."""

    npsn: str
    name: str
    level: Level
    ownership: Ownership
    kecamatan_code: str
    address: str = ""
    location: Point | None = None
    closed_on: date | None = None
    merged_into: str | None = Field(default=None, description="The school that took its pupils over.")
    pupils: dict[int, int] | None = None
    version: int


class SchoolPage(Page):
    items: tuple[SchoolView, ...]


class SchoolImportView(View):
    """How many of the rows were new, changed, or known as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
