"""Units, facilities and areas: their states and their lists. Imports are in imports.py."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.resources import (
    GetUnit,
    ListAreas,
    ListBoundaries,
    ListFacilities,
    ListUnits,
    SetFacilityStatus,
    SetStandby,
    SetUnitStatus,
)
from contracts.ambulance.values import UnitState
from contracts.ambulance.views import AreaPage, BoundaryPage, FacilityPage, FacilityView, UnitPage, UnitView
from contracts.problems import NotFound, wrong_field

from .. import store
from ..domain.eligibility import require_on_duty
from ..domain.refusals import wrong_state
from ..domain.unit import Unit
from . import ending, find
from .views import facility_view, unit_view


def set_unit_status(work: Work, request: SetUnitStatus) -> UnitView:
    """Change a unit's duty; also during a trip, because a vehicle may break down."""
    unit = find.unit(work, request.unit_id, lock=True)
    events = unit.set_status(request.state, request.reason and ending.without_numbers(request.reason))
    if events:
        store.unit.save(work, unit)
        work.emit(unit.id, unit.version, *events)
        work.audit(unit.id, state=unit.state)
    return _shown(work, unit)


def set_standby(work: Work, request: SetStandby) -> UnitView:
    """Let an idle unit wait at another base."""
    unit = find.unit(work, request.unit_id, lock=True)
    require_on_duty(unit)
    if store.assignment.active_of_unit(work, unit.id):
        raise wrong_state("set_standby", UnitState.COMMITTED, (), "it has a patient to go to", "unit sedang bertugas")
    if not store.unit.is_base(work, request.base):
        raise wrong_field("base", "unknown", "no unit has its base there", "name a base of the fleet, as in /units")
    events = unit.stand_by(request.base, work.now)
    if events:
        store.unit.save(work, unit)
        work.emit(unit.id, unit.version, *events)
        work.audit(unit.id, standby=unit.standby is not None)
    return _shown(work, unit)


def set_facility_status(work: Work, request: SetFacilityStatus) -> FacilityView:
    """Open, full or on diversion, with its free beds."""
    facility = store.facility.get(work, request.facility_id, lock=True)
    if facility is None:
        raise NotFound(f"no facility {request.facility_id}", detail_id=f"tidak ada fasilitas {request.facility_id}")
    events = facility.set_status(request.state, request.beds_free, work.now)
    if events:
        store.facility.save(work, facility)
        work.emit(facility.id, facility.version, *events)
        work.audit(facility.id, state=facility.state, beds_free=facility.beds_free)
    return facility_view(facility, store.refusal.counts(work, [facility.id]).get(facility.id, 0))


def get_unit(work: Work, query: GetUnit) -> UnitView:
    """Show a unit; to a crew its own."""
    find.require_unit(work, query.unit_id)
    unit = store.unit.get(work, query.unit_id)
    if unit is None:
        raise NotFound(f"no unit {query.unit_id}", detail_id=f"tidak ada unit {query.unit_id}")
    return _shown(work, unit)


def list_units(work: Work, query: ListUnits) -> UnitPage:
    """By id; to a crew its own."""
    units, cursor = store.unit.pages(work, query, find.own_units(work))
    active = store.assignment.active_by_unit(work, [unit.id for unit in units])
    return UnitPage(items=tuple(unit_view(unit, active.get(unit.id)) for unit in units), next=cursor)


def list_facilities(work: Work, query: ListFacilities) -> FacilityPage:
    """By id."""
    facilities, cursor = store.facility.pages(work, query)
    refusals = store.refusal.counts(work, [facility.id for facility in facilities])
    shown = tuple(facility_view(facility, refusals.get(facility.id, 0)) for facility in facilities)
    return FacilityPage(items=shown, next=cursor)


def list_areas(work: Work, query: ListAreas) -> AreaPage:
    """By code, without the polygons."""
    items, cursor = store.area.pages(work, query)
    return AreaPage(items=items, next=cursor)


def list_boundaries(work: Work, query: ListBoundaries) -> BoundaryPage:
    """By code, with the polygons."""
    items, cursor = store.area.boundary_pages(work, query)
    return BoundaryPage(items=items, next=cursor)


def _shown(work: Work, unit: Unit) -> UnitView:
    return unit_view(unit, store.assignment.active_by_unit(work, [unit.id]).get(unit.id))
