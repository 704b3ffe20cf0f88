"""The city's master data: areas, facilities, units and their states."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt

from ...base import Model, Query, Request
from ...geography import Point
from ...identity import KecamatanCode, KelurahanCode
from ...paging import PageQuery
from ..ids import FacilityId, UnitId
from ..values import Capability, FacilityState, FacilityType, UnitState, UnitType
from ..views import AreaPage, BoundaryPage, FacilityPage, FacilityView, ImportView, UnitPage, UnitView

Ring = list[tuple[StrictFloat, StrictFloat]]


class AreaRow(Model):
    """One kelurahan: polygons as in a GeoJSON MultiPolygon, [longitude, latitude]."""

    code: KelurahanCode
    name: str = Field(min_length=1, max_length=100)
    kecamatan_code: KecamatanCode
    kecamatan: str = Field(min_length=1, max_length=100)
    polygons: list[list[Ring]] = Field(min_length=1)


class FacilityRow(Model):
    id: FacilityId
    name: str = Field(min_length=1, max_length=200)
    type: FacilityType
    location: Point
    kelurahan_code: KelurahanCode | None = None
    emergency_24h: StrictBool = False
    capabilities: tuple[Capability, ...] = Field(default=(), max_length=20, description="What it can care for.")


class UnitRow(Model):
    id: str = Field(min_length=1, max_length=40, pattern=r"^[A-Z0-9-]+$")
    type: UnitType
    base: Point


class ImportAreas(Request, operation="ambulance.import_areas", scope="ambulance:manage", reply=ImportView):
    """Create or update areas by their code; sending the same again changes nothing."""

    areas: tuple[AreaRow, ...] = Field(min_length=1, max_length=50)


class ImportFacilities(Request, operation="ambulance.import_facilities", scope="ambulance:manage", reply=ImportView):
    """Create or update facilities by their id."""

    facilities: tuple[FacilityRow, ...] = Field(min_length=1, max_length=500)


class ImportUnits(Request, operation="ambulance.import_units", scope="ambulance:manage", reply=ImportView):
    """Create or update units by their id; a new unit starts off duty."""

    units: tuple[UnitRow, ...] = Field(min_length=1, max_length=500)


class SetUnitStatus(Request, operation="ambulance.set_unit_status", scope="ambulance:trip", reply=UnitView):
    """On duty, off duty, or out of service with a reason. `committed` follows from assignments and can't be set."""

    unit_id: UnitId
    state: Literal[UnitState.AVAILABLE, UnitState.OFF_DUTY, UnitState.OUT_OF_SERVICE]
    reason: str | None = Field(default=None, max_length=300)


class SetStandby(Request, operation="ambulance.set_standby", scope="ambulance:dispatch", reply=UnitView):
    """Let an idle unit wait at another base of the fleet, as proposed or not; its own base sends it home. It holds
    until the unit is sent to an incident or leaves duty, and counts in the coverage from now on."""

    unit_id: UnitId
    base: Point


class SetFacilityStatus(
    Request, operation="ambulance.set_facility_status", scope="ambulance:dispatch", reply=FacilityView
):
    """Open, full or on diversion; how many beds of the emergency room are free, if it says so."""

    facility_id: FacilityId
    state: FacilityState
    beds_free: StrictInt | None = Field(
        default=None, ge=0, le=1000, description="Believed for two hours; null: not known (any more).", examples=[4]
    )


class ListUnits(PageQuery, operation="ambulance.list_units", scope="ambulance:read", reply=UnitPage):
    """By id."""


class ListFacilities(PageQuery, operation="ambulance.list_facilities", scope="ambulance:read", reply=FacilityPage):
    """By id."""


class GetUnit(Query, operation="ambulance.get_unit", scope="ambulance:read", reply=UnitView):
    unit_id: UnitId


class ListAreas(PageQuery, operation="ambulance.list_areas", scope="ambulance:read", reply=AreaPage):
    """By code, without the polygons."""


class ListBoundaries(PageQuery, operation="ambulance.list_boundaries", scope="ambulance:read", reply=BoundaryPage):
    """By code, with the polygons: for drawing a map."""
