"""Figures of a term."""

from __future__ import annotations

from pydantic import Field

from ...base import View
from ..waiver_values import Programme


class WaiverFigure(View):
    """Of a programme in a kecamatan; both are null where fewer than five children would show."""

    programme: Programme
    kecamatan_code: str = Field(description="`all` for the city.")
    kecamatan: str
    children: int | None
    paid_rupiah: int | None


class WaiverFigures(View):
    """`suppressed_below`: counts under it are not shown."""

    school_year: str
    term: int
    suppressed_below: int
    items: tuple[WaiverFigure, ...]
