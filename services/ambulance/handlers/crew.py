"""What crews report from the road: milestones, corrections, declines. Row scope: their own units only."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.crew import DeclineAssignment, RecordMilestone
from contracts.ambulance.requests.milestones import CorrectMilestone
from contracts.ambulance.views import AssignmentView

from .. import store
from ..domain.assignment import ACTIVE
from ..domain.incident import Incident
from . import care, clocks, ending, find, moving, siaga
from .views import assignment_view


def record_milestone(work: Work, request: RecordMilestone) -> AssignmentView:
    """A step of the trip; the same one again changes nothing."""
    assignment, incident = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    before, was, awaited = incident.version, assignment.state, assignment.awaits_answer
    at = request.at or work.now
    events = assignment.record(request.milestone, at, work.now, request.location, request.facility_id)
    if events:
        store.assignment.save(work, assignment, request.milestone)
        if assignment.reached_scene and was in ACTIVE:  # late history of a unit that has left moves nothing
            incident.unit_on_scene()
        if was in ACTIVE and not assignment.active:
            care.look(work, incident)
        if incident.version != before:
            store.incident.save(work, incident)
        work.emit(assignment.id, assignment.version, *events)
        clocks.assignment_progressed(work, incident, assignment, was)
        if awaited and not assignment.awaits_answer:
            clocks.facility_settled(work, assignment)
        work.audit(assignment.id, milestone=request.milestone, unit_id=assignment.unit_id)
    return assignment_view(assignment)


def correct_milestone(work: Work, request: CorrectMilestone) -> AssignmentView:
    """It happened at another time or place; a crew corrects its own unit's, a dispatcher any."""
    assignment, _ = find.assignment_and_incident(work, request.assignment_id)
    reason, by = ending.without_numbers(request.reason), work.actor.subject
    events = assignment.correct(request.milestone, request.at, request.location, reason, by, work.now)
    if events:
        store.assignment.save(work, assignment)
        store.milestone.correct(work, assignment.id, assignment.milestones[request.milestone])
        work.emit(assignment.id, assignment.version, *events)
        clocks.milestone_corrected(work, assignment)
        work.audit(assignment.id, corrected=request.milestone, unit_id=assignment.unit_id)
    return assignment_view(assignment)


def decline_assignment(work: Work, request: DeclineAssignment) -> AssignmentView:
    """The crew can't take it."""
    reason = ending.without_numbers(request.reason)
    return ending.end(work, request.assignment_id, lambda assignment: assignment.decline(reason, work.now), _seek)


def _seek(work: Work, incident: Incident) -> None:
    siaga.consider(work, incident)
    moving.after_loss(work, incident)
