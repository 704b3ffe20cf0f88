"""A pick-up whose unit can't come gets another one by itself: who waits for dialysis must not wait for a press.

An emergency has taken the unit, it is off duty, or its crew declined. If nobody else is free somebody is told, and so
is the family once the pick-up will be late.
"""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.values import AlertKind
from contracts.geography import metres

from .. import store
from ..domain import deadlines
from ..domain.alert import About, Detail
from ..domain.assignment import Assignment
from ..domain.eligibility import obstacle
from ..domain.incident import Incident
from ..domain.pickups import LATE, Span, first_choice
from ..domain.plan import Plan
from ..domain.unit import Unit
from . import alerts, choosing, find, planning
from .bound import bound_for
from .timer_kinds import PICKUP_LOST


def another(work: Work, incident: Incident, wanted: Span, but: str | None) -> Unit | None:
    """A unit on duty that is free now and as long as the pick-up takes, and was not taken off it before; not locked."""
    goal = choosing.place_on_map(work, incident)
    busy = store.assignment.active_by_unit(work)
    planned = store.plan.units_taken(work, wanted)
    taken_off = store.assignment.units_taken_off(work, incident.id)
    units = (one for one in store.unit.all_units(work) if obstacle(one, incident.incident_class, None) is None)

    def way(unit: Unit) -> float:
        return 0.0 if goal is None else metres(unit.location or unit.base, goal)

    return first_choice(units, {*busy, *planned, *taken_off, but or ""}, way)


def locked(work: Work, incident: Incident, plan: Plan) -> tuple[Unit, str | None, Unit | None]:
    """The planned unit, why it can't come, and who can instead; both locked in the order of their ids."""
    seen = store.unit.get(work, plan.unit_id)
    assert seen is not None, "units are never removed"
    other = another(work, incident, plan.span, plan.unit_id) if missing(work, incident, seen) else None
    units = store.unit.get_many(work, [plan.unit_id, *([other.id] if other else [])])
    unit, instead = units[plan.unit_id], units[other.id] if other else None
    if instead is not None and not _free(work, incident, instead, plan.span):
        instead = None
    return unit, missing(work, incident, unit), instead


def missing(work: Work, incident: Incident, unit: Unit) -> str | None:
    """Why the unit can't come now."""
    if store.assignment.active_of_unit(work, unit.id) is not None:
        return "committed"
    return obstacle(unit, incident.incident_class, incident.triage)


def after_loss(work: Work, incident: Incident) -> None:
    """A unit that was on its way to a pick-up does not come: another is looked for at once, without these locks."""
    if incident.pickup_at is not None and incident.state in deadlines.AWAITING_ARRIVAL:
        work.remind(PICKUP_LOST, incident.id, work.now)


def pickup_lost(work: Work, timer: Timer) -> None:
    """Plan another unit; one whose reservation has begun is sent at once by its own clock."""
    incident = find.incident(work, UUID(timer.subject), lock=True)
    if incident.state not in deadlines.AWAITING_ARRIVAL or planning.served(work, incident.id):
        return
    bound = bound_for(work, incident, None)
    wanted = planning.span_of(work, incident, bound)
    other = another(work, incident, wanted, None)
    unit = store.unit.get(work, other.id, lock=True) if other else None
    if unit is None or not _free(work, incident, unit, wanted):
        if wanted.begins_at <= work.now:
            tell_family(work, incident)
        return
    planning.reserve(work, incident, unit.id, wanted, bound.facility_id)


def tell_family(work: Work, incident: Incident, late: Detail | None = None) -> None:
    """The pick-up will be late, or nobody knows when: somebody rings them. Ends when a person says so, or a unit comes
    in time after all."""
    alerts.raise_alert(work, AlertKind.FAMILY_TO_TELL, About(incident_id=incident.id), late or {"reason": "no_unit"})


def expected(work: Work, incident: Incident, assignment: Assignment) -> None:
    """A unit is on its way: will it be in time?"""
    if incident.pickup_at is None or assignment.expected_seconds is None:
        return
    at = assignment.arrival_expected
    assert at is not None, "its seconds are known"
    if at > incident.pickup_at + LATE:
        tell_family(work, incident, {"reason": "late", "expected_at": at.isoformat(timespec="seconds")})
    else:
        alerts.clear(work, incident.id, AlertKind.FAMILY_TO_TELL)


def _free(work: Work, incident: Incident, unit: Unit, wanted: Span) -> bool:
    return missing(work, incident, unit) is None and unit.id not in store.plan.units_taken(work, wanted)
