"""Units planned for a pick-up to come: reserved, free for emergencies until shortly before it, then sent.

Whether a planned unit will be there is looked at by the clock of the plan alone (run_out.plan_due): it holds the
pick-up's lock, for which who sends the unit elsewhere must not wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chassis.work import Work
from contracts.ambulance.problems import PickupNotNear, UnitTaken
from contracts.ambulance.requests.dispatch import CancelPlan, PlanUnit
from contracts.ambulance.views import PlanView
from contracts.base import Event
from contracts.problems import NotFound, wrong_field

from .. import store
from ..domain import deadlines
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from ..domain.pickups import Span, span
from ..domain.plan import Plan
from . import choosing, clocks, ending, find
from .bound import Bound, bound_for
from .timer_kinds import PLAN_DUE
from .views import plan_view


def plan_unit(work: Work, request: PlanUnit) -> PlanView:
    """Reserve a unit; the same again changes nothing. One with another pick-up at that time is refused."""
    incident = find.incident(work, request.incident_id, lock=True)
    unit = find.unit(work, request.unit_id, lock=True)
    find.require_facility(work, request.facility_id)
    incident.require_plannable()
    bound = bound_for(work, incident, request.facility_id)
    wanted = span_of(work, incident, bound)
    if wanted.begins_at <= work.now:
        raise wrong_field("incident_id", "too_near", "the pick-up is near: nothing to plan", "dispatch the unit")
    for other in store.plan.of_unit(work, unit.id):
        if other.incident_id == incident.id:
            return plan_view(other)
        if other.span.overlaps(wanted):
            raise _taken(other)
    return plan_view(reserve(work, incident, unit.id, wanted, bound.facility_id))


def span_of(work: Work, incident: Incident, bound: Bound) -> Span:
    """How long a pick-up takes of a unit: reckoned with the drive, if both ends of it are known."""
    configuration = store.configuration.get(work)
    begins = deadlines.reservation_begins(incident, configuration)
    assert begins is not None and incident.pickup_at is not None, "it is plannable"
    start = choosing.place_on_map(work, incident)
    drive = None
    if bound.at is not None and start is not None:
        drive = choosing.own_speeds(work).to(bound.at, [start], incident.pickup_at).seconds[0]
    return span(begins, incident.pickup_at, drive, bound.seconds, configuration.trip_takes)


def reserve(work: Work, incident: Incident, unit_id: str, wanted: Span, facility_id: str | None) -> Plan:
    """Keep a plan of a unit that is free then; both locked."""
    plan, events = Plan.reserve(work.new_id(), incident, unit_id, wanted, facility_id)
    store.plan.add(work, plan)
    work.emit(plan.id, plan.version, *events)
    clocks.unit_planned(work, incident, plan)
    work.audit(plan.id, incident_id=str(incident.id), unit_id=unit_id, state=plan.state)
    return plan


def cancel_plan(work: Work, request: CancelPlan) -> PlanView:
    """The unit is not needed, or can't come."""
    incident, plan = plan_and_incident(work, request.plan_id)
    end(work, incident, plan, ending.without_numbers(request.reason))
    return plan_view(plan)


def plan_and_incident(work: Work, plan_id: UUID) -> tuple[Incident, Plan]:
    """Both, under the incident's lock. Raises NotFound."""
    incident_id = store.plan.incident_of(work, plan_id)
    if incident_id is None:
        raise NotFound(f"no plan {plan_id}", detail_id=f"tidak ada rencana {plan_id}")
    incident = find.incident(work, incident_id, lock=True)
    plan = store.plan.get(work, plan_id)
    assert plan is not None, "plans are never removed"
    return incident, plan


def require_near(work: Work, incident: Incident) -> None:
    """Raise PickupNotNear if a unit that is sent now would only wait."""
    begins = deadlines.reservation_begins(incident, store.configuration.get(work))
    if begins is not None and begins > work.now:
        raise PickupNotNear(
            "the pick-up is not near: plan the unit, or send at_once true",
            detail_id="penjemputan belum dekat: rencanakan unit, atau kirim at_once true",
            begins_at=begins.isoformat(),
        )


def move(work: Work, incident: Incident, plan: Plan, unit_id: str, why: str) -> Plan:
    """Another unit takes its place, for the same time."""
    _end_all(work, incident, [plan], why)
    return reserve(work, incident, unit_id, plan.span, plan.facility_id)


def unit_sent(work: Work, assignment: Assignment) -> None:
    """A unit is sent: its plan for that incident has come true, and those that begin before it may be back are looked
    at."""
    back = work.now + store.configuration.get(work).trip_takes
    for plan in store.plan.of_unit(work, assignment.unit_id):
        if plan.incident_id == assignment.incident_id:
            _save(work, plan, plan.sent(assignment.id))
            work.forget(PLAN_DUE, plan.id)
        elif plan.begins_at < back:
            work.remind(PLAN_DUE, plan.id, work.now)


def request_closed(work: Work, incident: Incident) -> None:
    """Who was planned for it is free."""
    _end_all(work, incident, store.plan.of_incidents(work, [incident.id]), "permintaan ditutup")


def end(work: Work, incident: Incident, plan: Plan, reason: str) -> None:
    """End a plan; a request that nobody else serves is watched again."""
    before = plan.version
    _end_all(work, incident, [plan], reason)
    if plan.version != before and not served(work, incident.id):
        clocks.plan_ended(work, incident)


def served(work: Work, incident_id: UUID, but: UUID | None = None) -> bool:
    """Whether a unit goes to an incident, or is planned for it, but for one plan."""
    others = [plan for plan in store.plan.of_incidents(work, [incident_id]) if plan.id != but]
    return bool(others) or store.assignment.count_active(work, incident_id) > 0


def _end_all(work: Work, incident: Incident, plans: Iterable[Plan], reason: str) -> None:
    for plan in plans:
        if events := plan.cancel(reason):
            _save(work, plan, events)
            clocks.plan_off(work, incident, plan)


def _save(work: Work, plan: Plan, events: list[Event]) -> None:
    store.plan.save(work, plan)
    work.emit(plan.id, plan.version, *events)
    work.audit(plan.id, incident_id=str(plan.incident_id), unit_id=plan.unit_id, state=plan.state)


def _taken(other: Plan) -> UnitTaken:
    return UnitTaken(
        f"unit {other.unit_id} is planned for another pick-up at that time",
        detail_id=f"unit {other.unit_id} sudah direncanakan untuk penjemputan lain pada waktu itu",
        winner={"plan_id": str(other.id), "incident_id": str(other.incident_id), "unit_id": other.unit_id},
        next_best=None,
    )
