"""When the last unit has left: who still waits gets a unit sought again, and nothing is left without a clock."""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.values import AlertKind, IncidentState

from .. import store
from ..domain.alert import About, Detail
from ..domain.care import left_behind
from ..domain.incident import Incident
from . import alerts, choosing, clocks, find, siaga


def look(work: Work, incident: Incident) -> None:
    """After a unit has finished or a patient has changed; the caller holds the lock and stores the incident."""
    assignments = store.assignment.of_incidents(work, [incident.id])
    if not incident.active or not assignments or any(one.active for one in assignments):
        return
    waiting = left_behind(incident.patients, assignments)
    if waiting:
        incident.patients_wait()
        detail: Detail = {"patients": len(waiting)}
        proposal = choosing.proposal(work, incident)
        if alerts.raise_alert(work, AlertKind.PATIENT_WAITING, About(incident_id=incident.id), detail, proposal):
            clocks.patients_wait(work, incident)
            siaga.consider(work, incident)
    elif incident.state is IncidentState.ACTIVE or any(one.reached_scene for one in assignments):
        incident.patients_served()
        clocks.patients_served(work, incident)


def not_closed(work: Work, timer: Timer) -> None:
    """Every unit has left, nobody waits, and nobody has said how it ended."""
    incident = find.incident(work, UUID(timer.subject), lock=True)
    if incident.state is IncidentState.ACTIVE and not store.assignment.count_active(work, incident.id):
        missing = sum(patient.outcome is None for patient in incident.patients)
        detail: Detail = {"patients_without_outcome": missing}
        alerts.raise_alert(work, AlertKind.NOT_CLOSED, About(incident_id=incident.id), detail)
