"""A unit is sent: whether it was planned, chosen by a person, or chosen in auto mode."""

from __future__ import annotations

from chassis.work import Work

from .. import store
from ..domain.assignment import Assignment
from ..domain.eligibility import require_dispatchable
from ..domain.incident import Incident
from ..domain.unit import Unit
from ..store.choice import Choice
from . import choosing, clocks, measures, moving, planning, reasons


def send(
    work: Work, incident: Incident, unit: Unit, choice: Choice, facility_id: str | None = None, **audited: str | None
) -> Assignment:
    """Commit a unit to an incident, both locked; `choice` says why, `audited` too if no person chose it.

    Raises UnitNotAvailable, UnitTaken, PlaceMissing, WrongState.
    """
    require_dispatchable(unit, incident.incident_class, incident.triage)
    before = incident.version
    incident.unit_dispatched()
    told = reasons.candidate(choice.known, unit.id)
    seconds = told.expected_seconds if told else choosing.expected_seconds(work, incident, unit)
    assignment, events = Assignment.dispatch(work.new_id(), incident.id, unit.id, work.now, seconds, facility_id)
    if incident.version != before:
        store.incident.save(work, incident)
        measures.first_unit(work, incident)
    try:
        store.assignment.add(work, assignment)
    except store.assignment.UnitHasActiveAssignment:
        raise choosing.taken(work, unit.id, incident) from None
    if left := unit.sent():
        store.unit.save(work, unit)
        work.emit(unit.id, unit.version, *left)
    store.choice.add(work, assignment.id, choice)
    work.emit(assignment.id, assignment.version, *events)
    clocks.unit_sent(work, incident, assignment)
    planning.unit_sent(work, assignment)
    moving.expected(work, incident, assignment)
    work.audit(assignment.id, incident_id=str(incident.id), unit_id=unit.id, state=assignment.state, **audited)
    return assignment
