"""What is shown of units, facilities and areas."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import Capability, FacilityState, FacilityType, UnitState, UnitType


class UnitView(View):
    id: str
    type: UnitType
    base: Point
    standby: Point | None = Field(default=None, description="Another base at which it is to wait; null: its own.")
    standby_since: AwareDatetime | None = None
    state: UnitState
    reason: str | None = None
    location: Point | None = None
    located_at: AwareDatetime | None = None
    assignment_id: UUID | None = None
    version: int


class FacilityView(View):
    id: str
    name: str
    type: FacilityType
    location: Point
    emergency_24h: bool
    capabilities: tuple[Capability, ...] = ()
    state: FacilityState
    beds_free: int | None = Field(default=None, description="In the emergency room, as it was told; null: not known.")
    beds_told_at: AwareDatetime | None = None
    refusals: int = Field(default=0, description="Patients whom it did not take in the last 30 days.")
    version: int


class AreaView(View):
    code: str
    name: str
    kecamatan_code: str
    kecamatan: str


class BoundaryView(AreaView):
    """`polygons` as in a GeoJSON MultiPolygon, [longitude, latitude]."""

    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


class ImportView(View):
    """What an import did: `unchanged` rows were already there, the same."""

    created: int
    updated: int
    unchanged: int


class UnitPage(Page):
    items: tuple[UnitView, ...]


class FacilityPage(Page):
    items: tuple[FacilityView, ...]


class AreaPage(Page):
    items: tuple[AreaView, ...]


class BoundaryPage(Page):
    items: tuple[BoundaryView, ...]
