"""Sending units: recommend, dispatch, divert, release."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.ambulance.requests.dispatch import DispatchUnit, DivertUnit, RecommendUnits, ReleaseUnit
from contracts.ambulance.values import AssignmentState
from contracts.ambulance.views import AssignmentView, Recommendation
from contracts.problems import wrong_field

from .. import store
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from ..domain.refusals import wrong_state
from ..domain.unit import Unit
from . import choosing, clocks, ending, find, moving, planning, proposing, reasons, sending
from .views import assignment_view


def recommend_units(work: Work, query: RecommendUnits) -> Recommendation:
    """Which unit to send, and why not the others."""
    return proposing.recommend(work, find.incident(work, query.incident_id), query.limit)


def dispatch_unit(work: Work, request: DispatchUnit) -> AssignmentView:
    """Send a unit. Who comes second gets UnitTaken with the winner and the next best unit."""
    choice = reasons.of_an_operator(work, find.incident(work, request.incident_id), request.unit_id)
    incident = find.incident(work, request.incident_id, lock=True)
    unit = find.unit(work, request.unit_id, lock=True)
    find.require_facility(work, request.facility_id)
    if not request.at_once:
        planning.require_near(work, incident)
    if store.assignment.active_of_unit(work, unit.id):
        raise choosing.taken(work, unit.id, incident)
    return assignment_view(sending.send(work, incident, unit, choice, request.facility_id))


def divert_unit(work: Work, request: DivertUnit) -> AssignmentView:
    """Send a unit that is on its way to another incident instead."""
    going = find.assignment(work, request.assignment_id)
    if going.incident_id == request.incident_id:
        raise wrong_field("incident_id", "same", "the unit already goes there", "name another incident")
    choice = reasons.of_a_diversion(work, find.incident(work, request.incident_id), going.unit_id)
    both = store.incident.get_both(work, going.incident_id, request.incident_id)
    going = find.assignment(work, request.assignment_id, lock=True)
    if going.state is AssignmentState.DIVERTED:
        return assignment_view(_diverted_before(work, going, request.incident_id))
    planning.require_near(work, both[request.incident_id])
    unit = find.unit(work, going.unit_id, lock=True)
    _leave(work, going, both[going.incident_id], unit, ending.without_numbers(request.reason))
    return assignment_view(sending.send(work, both[request.incident_id], unit, choice))


def release_unit(work: Work, request: ReleaseUnit) -> AssignmentView:
    """Call a unit back."""
    reason = ending.without_numbers(request.reason)
    return ending.end(work, request.assignment_id, lambda assignment: assignment.release(reason, work.now))


def _leave(work: Work, going: Assignment, incident: Incident, unit: Unit, reason: str) -> None:
    earlier, before = store.assignment.count_diverted(work, incident.id), incident.version
    events = going.divert(reason, work.now, choosing.seconds_away(work, incident, unit))
    store.assignment.save(work, going)
    patients = incident.unassign_patients(going.id)
    left = store.assignment.count_active(work, incident.id)
    incident.unit_diverted(left, earlier)
    if incident.version != before:
        store.incident.save(work, incident, *patients)
    work.emit(going.id, going.version, *events)
    clocks.assignment_ended(work, incident, going, left)
    moving.after_loss(work, incident)
    work.audit(going.id, incident_id=str(incident.id), unit_id=unit.id, state=going.state)


def _diverted_before(work: Work, going: Assignment, incident_id: UUID) -> Assignment:
    now = store.assignment.active_of_unit(work, going.unit_id)
    if now is None or now.incident_id != incident_id:
        raise wrong_state("divert", going.state, ())
    return now
