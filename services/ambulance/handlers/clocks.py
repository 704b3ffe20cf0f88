"""The durable clocks of incidents and assignments: set when their reason begins, forgotten when it ends.

What happens when one runs out is in run_out.py. The alert that it raised is cleared here, with the clock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.work import Work
from contracts.ambulance.values import AlertKind, AssignmentState

from .. import store
from ..domain import deadlines
from ..domain.assignment import Assignment
from ..domain.configuration import Configuration
from ..domain.incident import Incident
from ..domain.plan import Plan
from . import alerts
from .timer_kinds import (
    AUTO_DISPATCH,
    FACILITY_ANSWER,
    NOT_CLOSED,
    NOT_MOVING,
    OF_ASSIGNMENT,
    OF_INCIDENT,
    OVER_TARGET,
    PLAN_DUE,
    RECEIPT,
    STATUS,
    UNACKNOWLEDGED,
    UNASSIGNED,
)

_ENDED_BY_A_UNIT = (
    AlertKind.REGULAR_UNASSIGNED,
    AlertKind.AUTO_DISPATCH_FAILED,
    AlertKind.PATIENT_WAITING,
    AlertKind.NOT_CLOSED,
    AlertKind.POSSIBLE_DUPLICATE,
    AlertKind.PLANNED_UNIT_UNAVAILABLE,
)


def incident_opened(work: Work, incident: Incident) -> None:
    """The first promise. Reads nothing: taking a call is one statement."""
    _await_unit(work, incident, store.configuration.CACHE.at_hand(work))


def incident_triaged(work: Work, incident: Incident) -> None:
    """A new colour is a new promise."""
    due = deadlines.arrival_due(incident, store.configuration.get(work))
    if due is None or due > work.now:
        alerts.clear(work, incident.id, AlertKind.OVER_TARGET)
    _set(work, OVER_TARGET, incident.id, due)


def incident_closed(work: Work, incident: Incident) -> None:
    """Nothing is waited for any more."""
    for kind in OF_INCIDENT:
        work.forget(kind, incident.id)
    alerts.clear(work, incident.id)
    if incident.receipt_due:
        receipt_awaited(work, incident)


def receipt_awaited(work: Work, incident: Incident) -> None:
    """Another jurisdiction was to take it: it says so, or somebody looks."""
    alerts.clear(work, incident.id, AlertKind.HAND_OVER_UNCONFIRMED)
    work.remind(RECEIPT, incident.id, work.now + store.configuration.get(work).receipt_within)


def receipt_settled(work: Work, incident: Incident) -> None:
    """They have it, or do not take it."""
    work.forget(RECEIPT, incident.id)
    alerts.clear(work, incident.id, AlertKind.HAND_OVER_UNCONFIRMED)


def incident_reopened(work: Work, incident: Incident) -> None:
    """It waits for a unit again; a promise that has run out meanwhile is told at once."""
    _await_unit(work, incident, store.configuration.get(work))


def unit_sent(work: Work, incident: Incident, assignment: Assignment) -> None:
    """The crew must answer; the incident has a unit."""
    configuration = store.configuration.get(work)
    work.remind(UNACKNOWLEDGED, assignment.id, work.now + configuration.acknowledge_within)
    work.forget(UNASSIGNED, incident.id)
    work.forget(AUTO_DISPATCH, incident.id)
    work.forget(NOT_CLOSED, incident.id)
    alerts.clear(work, incident.id, *_ENDED_BY_A_UNIT)


def unit_planned(work: Work, incident: Incident, plan: Plan) -> None:
    """The unit goes when its reservation begins; until then nobody need look for one."""
    work.remind(PLAN_DUE, plan.id, plan.begins_at)
    work.forget(UNASSIGNED, incident.id)
    alerts.clear(work, incident.id, AlertKind.REGULAR_UNASSIGNED)


def plan_off(work: Work, incident: Incident, plan: Plan) -> None:
    """A reservation is given up."""
    work.forget(PLAN_DUE, plan.id)
    alerts.clear(work, incident.id, AlertKind.PLANNED_UNIT_UNAVAILABLE)


def plan_ended(work: Work, incident: Incident) -> None:
    """Nobody is planned any more: the request waits for a unit."""
    _await_unit(work, incident, store.configuration.get(work))


def assignment_progressed(work: Work, incident: Incident, assignment: Assignment, was: AssignmentState) -> None:
    """A milestone was recorded. One that came late and left the state as it `was` moves no clock of the state."""
    work.forget(UNACKNOWLEDGED, assignment.id)
    if assignment.state is not was:
        configuration = store.configuration.get(work)
        _set(work, STATUS, assignment.id, deadlines.status_due(assignment, configuration), state=assignment.state)
        _watch(work, assignment, was, configuration)
        alerts.clear(work, assignment.id, *_ended_with(assignment.state))
    if incident.state not in deadlines.AWAITING_ARRIVAL:
        work.forget(OVER_TARGET, incident.id)
        work.forget(UNASSIGNED, incident.id)
        alerts.clear(work, incident.id, AlertKind.OVER_TARGET)


def facility_asked(work: Work, assignment: Assignment) -> None:
    """It should answer; another that was asked before need not any more."""
    alerts.clear(work, assignment.id, AlertKind.FACILITY_UNANSWERED)
    due = work.now + store.configuration.get(work).facility_answers_within
    work.remind(FACILITY_ANSWER, assignment.id, due)


def facility_settled(work: Work, assignment: Assignment) -> None:
    """It has answered, the unit goes elsewhere, or is there."""
    work.forget(FACILITY_ANSWER, assignment.id)
    alerts.clear(work, assignment.id, AlertKind.FACILITY_UNANSWERED)


def milestone_corrected(work: Work, assignment: Assignment) -> None:
    """The state began at another time, so its clock ends at another."""
    due = deadlines.status_due(assignment, store.configuration.get(work))
    if due is None or due > work.now:
        alerts.clear(work, assignment.id, AlertKind.STATUS_TOO_LONG, AlertKind.HAND_OVER_TOO_LONG)
    _set(work, STATUS, assignment.id, due, state=assignment.state)


def assignment_ended(work: Work, incident: Incident, assignment: Assignment, active_left: int) -> None:
    """Declined, released or diverted: with no unit left the incident waits for another."""
    for kind in OF_ASSIGNMENT:
        work.forget(kind, assignment.id)
    alerts.clear(work, assignment.id)
    if active_left == 0:
        _await_unit(work, incident, store.configuration.get(work))


def patients_wait(work: Work, incident: Incident) -> None:
    """A unit is sought once more, for somebody who was left behind."""
    work.forget(NOT_CLOSED, incident.id)
    _await_unit(work, incident, store.configuration.get(work))


def patients_served(work: Work, incident: Incident) -> None:
    """No unit is needed any more: what is missing is how it ended."""
    for kind in OF_INCIDENT:
        work.forget(kind, incident.id)
    alerts.clear(work, incident.id, AlertKind.OVER_TARGET, *_ENDED_BY_A_UNIT)
    limit = store.configuration.get(work).close_within
    _set(work, NOT_CLOSED, incident.id, None if limit is None else work.now + limit)


def _await_unit(work: Work, incident: Incident, configuration: Configuration) -> None:
    for kind, due in (
        (OVER_TARGET, deadlines.arrival_due(incident, configuration)),
        (UNASSIGNED, deadlines.assignment_due(incident, configuration)),
    ):
        if due is not None:
            work.remind(kind, incident.id, due)


def _watch(work: Work, assignment: Assignment, was: AssignmentState, configuration: Configuration) -> None:
    since = deadlines.rolling_since(assignment)
    if since is None:
        work.forget(NOT_MOVING, assignment.id)
    elif was not in deadlines.ROLLING:
        work.remind(NOT_MOVING, assignment.id, since + configuration.move_within, since=since.isoformat())


def _ended_with(state: AssignmentState) -> tuple[AlertKind, ...]:
    ended = (AlertKind.UNACKNOWLEDGED, AlertKind.STATUS_TOO_LONG, AlertKind.HAND_OVER_TOO_LONG)
    return ended if state in deadlines.ROLLING else (*ended, AlertKind.NOT_MOVING)


def _set(work: Work, kind: str, subject: UUID, due: datetime | None, **payload: str) -> None:
    if due is None:
        work.forget(kind, subject)
    else:
        work.remind(kind, subject, due, **payload)
