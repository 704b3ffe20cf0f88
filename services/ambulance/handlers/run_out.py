"""A clock has run out: look whether its reason still holds, and raise the alert.

Each handler takes the locks of the incident and its assignment first, so whatever ends the reason comes wholly before
or wholly after. A clock that was due while no process ran fires when one runs again, once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.pickup_values import PlanState
from contracts.ambulance.values import AlertKind, AssignmentState

from .. import store
from ..domain import deadlines
from ..domain.alert import About, Detail
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from ..domain.plan import Plan
from . import alerts, choosing, find, hospitals, moving, planning, reasons, sending, timer_kinds

LOOK_AGAIN = timedelta(seconds=30)
"""How soon a unit that stood still, or was not there for its plan, is looked at again, so that the alert ends."""


def not_acknowledged(work: Work, timer: Timer) -> None:
    """The crew has not answered: an alert with the next best unit."""
    assignment, incident = find.assignment_and_incident(work, UUID(timer.subject))
    if assignment.state is AssignmentState.DISPATCHED:
        store.assignment.mark_unacknowledged(work, assignment.id)
        proposal = choosing.proposal(work, incident)
        alerts.raise_alert(work, AlertKind.UNACKNOWLEDGED, _about(assignment), proposal=proposal)


def not_moving(work: Work, timer: Timer) -> None:
    """The unit said that it goes: has it been seen moving since, or within the limit? Watched until it arrives."""
    assignment, _ = find.assignment_and_incident(work, UUID(timer.subject))
    if assignment.state not in deadlines.ROLLING:
        return
    limit = store.configuration.get(work).move_within
    since = max(datetime.fromisoformat(timer.payload["since"]), work.now - limit)
    track = store.position.track(work, assignment.unit_id, since)
    if deadlines.moved(track):
        alerts.clear(work, assignment.id, AlertKind.NOT_MOVING)
        _look_again(work, timer, limit, raised=False)
        return
    if not timer.payload.get("raised"):  # once, also if a person has settled it while the unit still stands
        detail: Detail = {"positions": len(track), "limit_seconds": round(limit.total_seconds())}
        alerts.raise_alert(work, AlertKind.NOT_MOVING, _about(assignment), detail)
    _look_again(work, timer, LOOK_AGAIN, raised=True)


def status_too_long(work: Work, timer: Timer) -> None:
    """An assignment has stayed in its state for longer than it should."""
    assignment, _ = find.assignment_and_incident(work, UUID(timer.subject))
    if not assignment.active or assignment.state != timer.payload["state"]:
        return
    at_hospital = assignment.state is AssignmentState.AT_HOSPITAL
    kind = AlertKind.HAND_OVER_TOO_LONG if at_hospital else AlertKind.STATUS_TOO_LONG
    alerts.raise_alert(work, kind, _about(assignment), {"status": assignment.state})


def facility_unanswered(work: Work, timer: Timer) -> None:
    """A facility was asked and has not answered: an alert with the next choice. The unit goes on."""
    assignment, incident = find.assignment_and_incident(work, UUID(timer.subject))
    asked = assignment.facility_id
    if asked is None or not assignment.awaits_answer:
        return
    following = hospitals.next_after(work, incident, assignment, asked)
    detail: Detail = {"facility_id": asked, **({"next_facility_id": following} if following else {})}
    alerts.raise_alert(work, AlertKind.FACILITY_UNANSWERED, _about(assignment), detail)


def over_target(work: Work, timer: Timer) -> None:
    """No unit has reached the patient within the target of the colour."""
    incident = find.incident(work, UUID(timer.subject), lock=True)
    due = deadlines.arrival_due(incident, store.configuration.get(work))
    if due is None:
        return
    detail = {"target_seconds": round((due - incident.opened_at).total_seconds())}
    proposal = None if store.assignment.count_active(work, incident.id) else choosing.proposal(work, incident)
    colour = {"triage": str(incident.triage)} if incident.triage else {}
    alerts.raise_alert(work, AlertKind.OVER_TARGET, _of(incident), {**detail, **colour}, proposal)


def regular_unassigned(work: Work, timer: Timer) -> None:
    """A regular request's pick-up is near and no unit is assigned."""
    incident = find.incident(work, UUID(timer.subject), lock=True)
    waits = incident.state in deadlines.AWAITING_ARRIVAL
    if waits and not planning.served(work, incident.id):
        proposal = choosing.proposal(work, incident)
        alerts.raise_alert(work, AlertKind.REGULAR_UNASSIGNED, _of(incident), proposal=proposal)
        if proposal is None:
            moving.tell_family(work, incident)


def plan_due(work: Work, timer: Timer) -> None:
    """Send a planned unit when its time has come. One that is busy or off duty then, or may be, is replaced; with
    nobody to take its place the dispatcher is told."""
    incident, plan = planning.plan_and_incident(work, UUID(timer.subject))
    if plan.state is not PlanState.PLANNED:
        return
    if incident.state not in deadlines.AWAITING_ARRIVAL:
        planning.end(work, incident, plan, "pasien sudah dijemput")
        return
    unit, why, instead = moving.locked(work, incident, plan)
    begun = plan.begins_at <= work.now
    missing = why is not None and (begun or why == "committed")
    if begun and why is None:
        sending.send(work, incident, unit, reasons.of_a_plan(work, incident, unit.id), plan.facility_id)
    elif missing and timer.payload.get("told") and planning.served(work, incident.id, but=plan.id):
        planning.end(work, incident, plan, "unit lain menjemput")
    elif missing and instead is not None:
        planning.move(work, incident, plan, instead.id, f"diganti {instead.id}")
    else:
        _tell(work, incident, plan, str(why) if missing else None)
        again = work.now + LOOK_AGAIN if missing else plan.begins_at
        work.remind(timer_kinds.PLAN_DUE, plan.id, again, told=missing)
        work.audit(plan.id, unit_id=unit.id, state=plan.state, obstacle=why)


def _tell(work: Work, incident: Incident, plan: Plan, obstacle: str | None) -> None:
    if obstacle is None:
        alerts.clear(work, incident.id, AlertKind.PLANNED_UNIT_UNAVAILABLE)
        return
    about = About(incident_id=incident.id, unit_id=plan.unit_id)
    proposal = choosing.proposal(work, incident)
    alerts.raise_alert(work, AlertKind.PLANNED_UNIT_UNAVAILABLE, about, {"obstacle": obstacle}, proposal)
    if plan.begins_at <= work.now:
        moving.tell_family(work, incident)


def _about(assignment: Assignment) -> About:
    return About(incident_id=assignment.incident_id, assignment_id=assignment.id, unit_id=assignment.unit_id)


def _of(incident: Incident) -> About:
    return About(incident_id=incident.id)


def _look_again(work: Work, timer: Timer, after: timedelta, *, raised: bool) -> None:
    since = timer.payload["since"]
    work.remind(timer_kinds.NOT_MOVING, timer.subject, work.now + after, since=since, raised=raised)
    work.audit(timer.subject, watched=True)
