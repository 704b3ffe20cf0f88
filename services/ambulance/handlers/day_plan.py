"""The day's plan of pick-ups: shown by unit, and made for those that have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from chassis.work import Work
from contracts.ambulance.requests.rides import GetDayPlan, PlanDay
from contracts.ambulance.values import UnitState
from contracts.ambulance.views import DayPlanView, DayTripView, DayUnitView, UnplannedView
from contracts.problems import wrong_field
from contracts.times import WIB

from .. import store
from ..domain import deadlines
from ..domain.day_plan import Trip, UnitDay, assign
from ..domain.incident import Incident
from ..domain.ride_series import today
from ..store.plan import OfDay
from . import choosing, planning
from .bound import Bound, bound_for

REASON_TEXT = {
    "not_planned": "nobody has planned a unit yet",
    "too_near": "it is near: send a unit",
    "no_unit_free": "no unit is free for the whole of it",
}


def get_day_plan(work: Work, query: GetDayPlan) -> DayPlanView:
    """As it is."""
    return _view(work, query.on, {})


def plan_day(work: Work, request: PlanDay) -> DayPlanView:
    """Whoever else plans at the same time is not overwritten: what is locked here is looked at once more."""
    if request.on < today(work.now):
        raise wrong_field("on", "in_the_past", "that day has passed", "send today or a later day")
    waiting = {one.id: one for one in store.incident_lists.unassigned(work, *_bounds(request.on))}
    bound = {id: bound_for(work, one, None) for id, one in waiting.items()}
    trips = [_trip(work, one, bound[id]) for id, one in waiting.items()]
    ahead = {one.incident_id: one for one in trips if one.span.begins_at > work.now}
    chosen = assign(ahead.values(), _days(work, request.on))
    _reserve(work, chosen, ahead, bound)
    work.flush()
    return _view(work, request.on, dict.fromkeys(set(ahead) - set(chosen), "no_unit_free"))


def _reserve(work: Work, chosen: Mapping[UUID, str], trips: Mapping[UUID, Trip], bound: Mapping[UUID, Bound]) -> None:
    incidents = store.incident.get_many(work, list(chosen))
    store.unit.get_many(work, set(chosen.values()))
    for id, unit_id in chosen.items():
        incident, span = incidents[id], trips[id].span
        waits = incident.state in deadlines.AWAITING_ARRIVAL and not planning.served(work, id)
        if waits and unit_id not in store.plan.units_taken(work, span):
            planning.reserve(work, incident, unit_id, span, bound[id].facility_id)
            work.flush()


def _trip(work: Work, incident: Incident, bound: Bound) -> Trip:
    span = planning.span_of(work, incident, bound)
    return Trip(incident.id, span, choosing.place_on_map(work, incident), bound.at)


def _days(work: Work, on: date) -> list[UnitDay]:
    """The units that may be planned, with what they have already that day."""
    facilities = {one.id: one.location for one in store.facility.all_facilities(work)}
    have: dict[str, list[Trip]] = defaultdict(list)
    for one in store.plan.of_day(work, *_bounds(on)):
        have[one.unit_id].append(Trip(one.incident_id, one.span, None, facilities.get(one.facility_id or "")))
    fit = [unit for unit in store.unit.all_units(work) if unit.state is not UnitState.OUT_OF_SERVICE]
    return [UnitDay(unit, have.get(unit.id, [])) for unit in fit]


def _view(work: Work, on: date, reasons: Mapping[UUID, str]) -> DayPlanView:
    trips: dict[str, list[DayTripView]] = defaultdict(list)
    for one in store.plan.of_day(work, *_bounds(on)):
        trips[one.unit_id].append(_trip_view(one))
    units = sorted(store.unit.all_units(work), key=lambda one: one.id)
    shown = [one for one in units if one.state is not UnitState.OUT_OF_SERVICE or one.id in trips]
    begins = store.configuration.get(work)
    unplanned = []
    for incident in store.incident_lists.unassigned(work, *_bounds(on)):
        leaves = deadlines.reservation_begins(incident, begins)
        near = leaves is not None and leaves <= work.now
        reason = reasons.get(incident.id, "too_near" if near else "not_planned")
        assert incident.pickup_at is not None, "it is a pick-up"
        told = {"reason": reason, "reason_text": REASON_TEXT[reason]}
        unplanned.append(UnplannedView(incident_id=incident.id, pickup_at=incident.pickup_at, **told))
    days = tuple(DayUnitView(unit_id=one.id, type=one.type, trips=tuple(trips.get(one.id, ()))) for one in shown)
    return DayPlanView(on=on, units=days, unplanned=tuple(unplanned))


def _trip_view(one: OfDay) -> DayTripView:
    return DayTripView(
        incident_id=one.incident_id,
        plan_id=one.plan_id,
        begins_at=one.span.begins_at,
        pickup_at=one.pickup_at,
        ends_at=one.span.ends_at,
        facility_id=one.facility_id,
        sent=one.sent,
    )


def _bounds(on: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(on, time(), WIB)
    return begin, begin + timedelta(days=1)
