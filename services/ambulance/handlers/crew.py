"""What crews report: milestones, how patients fared, deaths in two steps. Row scope: their own units only."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.crew import (
    ConfirmDeath,
    DeclineAssignment,
    RecordMilestone,
    RecordPatientOutcome,
    ReportDeath,
)
from contracts.ambulance.views import AssignmentView, IncidentView
from contracts.base import Event

from .. import store
from ..domain.incident import Incident
from ..domain.patient import DeathReport
from . import clocks, ending, find, siaga
from .incidents import shown
from .views import assignment_view


def record_milestone(work: Work, request: RecordMilestone) -> AssignmentView:
    """A step of the trip; the same one again changes nothing."""
    assignment, incident = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    before, was = incident.version, assignment.state
    at = request.at or work.now
    events = assignment.record(request.milestone, at, work.now, request.location, request.facility_id)
    if events:
        store.assignment.save(work, assignment, request.milestone)
        if assignment.reached_scene:
            incident.unit_on_scene()
        if incident.version != before:
            store.incident.save(work, incident)
        work.emit(assignment.id, assignment.version, *events)
        clocks.assignment_progressed(work, incident, assignment, was)
        work.audit(assignment.id, milestone=request.milestone, unit_id=assignment.unit_id)
    return assignment_view(assignment)


def decline_assignment(work: Work, request: DeclineAssignment) -> AssignmentView:
    """The crew can't take it."""
    reason = ending.without_numbers(request.reason)
    ended = ending.end(work, request.assignment_id, lambda assignment: assignment.decline(reason, work.now))
    siaga.consider(work, find.incident(work, ended.incident_id))
    return ended


def record_patient_outcome(work: Work, request: RecordPatientOutcome) -> IncidentView:
    """How one patient's case ended."""
    incident = _load(work, request, request.facility_id)
    before = incident.version
    events = incident.record_outcome(request.patient_number, request.outcome, request.facility_id)
    return _saved(work, incident, request.patient_number, before, events, outcome=request.outcome)


def report_death(work: Work, request: ReportDeath) -> IncidentView:
    """First step of a death: reported, not yet published."""
    incident = _load(work, request, request.facility_id)
    before = incident.version
    report = DeathReport(
        reported_by=work.actor.subject,
        died_at=request.died_at,
        pronounced_by=request.pronounced_by,
        facility_id=request.facility_id,
        next_of_kin_known=request.next_of_kin_known,
        police_hold=request.police_hold,
    )
    events = incident.report_death(request.patient_number, report, work.now)
    return _saved(work, incident, request.patient_number, before, events, death="reported")


def confirm_death(work: Work, request: ConfirmDeath) -> IncidentView:
    """Second step, by another person: the hearse service hears of it."""
    incident = _load(work, request, None)
    before = incident.version
    events = incident.confirm_death(request.patient_number, work.actor.subject, work.now)
    return _saved(work, incident, request.patient_number, before, events, death="confirmed")


def _load(work: Work, request: RecordPatientOutcome | ReportDeath | ConfirmDeath, facility_id: str | None) -> Incident:
    incident = find.incident(work, request.incident_id, lock=True)
    find.require_on_incident(work, incident.id)
    find.require_facility(work, facility_id)
    return incident


def _saved(
    work: Work, incident: Incident, number: int, before: int, events: list[Event], **detail: object
) -> IncidentView:
    if incident.version != before:
        store.incident.save(work, incident, incident.patient(number))
        work.emit(incident.id, incident.version, *events)
        work.audit(incident.id, patient=number, **detail)
    return shown(work, incident)
