"""An assignment that ends before its unit has finished: declined by the crew or released by the dispatcher."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from chassis.masking import mask_text
from chassis.work import Work
from contracts.ambulance.views import AssignmentView
from contracts.base import Event

from .. import store
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from . import clocks, find
from .views import assignment_view


def end(
    work: Work,
    assignment_id: UUID,
    step: Callable[[Assignment], list[Event]],
    then: Callable[[Work, Incident], None] = lambda work, incident: None,
) -> AssignmentView:
    """Let `step` end the assignment, `then` see to the incident, which may wait for another unit now. Ending it again
    changes nothing."""
    assignment, incident = find.assignment_and_incident(work, assignment_id)
    events, before = step(assignment), incident.version
    if events:
        store.assignment.save(work, assignment)
        patients = incident.unassign_patients(assignment.id)
        left = store.assignment.count_active(work, incident.id)
        incident.unit_lost(left)
        if incident.version != before:
            store.incident.save(work, incident, *patients)
        work.emit(assignment.id, assignment.version, *events)
        clocks.assignment_ended(work, incident, assignment, left)
        work.audit(assignment.id, incident_id=str(incident.id), unit_id=assignment.unit_id, state=assignment.state)
        then(work, incident)
    return assignment_view(assignment)


def without_numbers(reason: str) -> str:
    """A reason as it may be published: numbers, addresses and the like of people are masked."""
    return mask_text(reason)
