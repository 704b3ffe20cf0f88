"""Deaths: reported, confirmed by another person, taken back by a supervisor. NIK and next of kin go to the
hearse service, sealed, and no farther."""

from __future__ import annotations

from dataclasses import replace

from chassis.work import Work
from contracts.ambulance.requests.deaths import ConfirmDeath, ReportDeath, RetractDeath
from contracts.ambulance.views import IncidentView
from contracts.geography import Point

from .. import store
from ..domain.patient import DeathReport
from . import find, next_of_kin
from .incidents import shown
from .patients import saved


def report_death(work: Work, request: ReportDeath) -> IncidentView:
    """First step of a death: reported, not yet published."""
    incident = find.incident_of_crew(work, request.incident_id)
    find.require_facility(work, request.facility_id)
    before = incident.version
    kin = next_of_kin.resolve(work, incident, request.next_of_kin)
    report = DeathReport(
        reported_by=work.actor.subject,
        died_at=request.died_at,
        pronounced_by=request.pronounced_by,
        facility_id=request.facility_id,
        next_of_kin_known=request.next_of_kin_known or kin is not None,
        police_hold=request.police_hold,
        nik=request.nik,
        next_of_kin=kin,
    )
    events = incident.report_death(request.patient_number, report, work.now)
    if incident.version == before:
        return shown(work, incident)
    return saved(work, incident, incident.patient(request.patient_number), events, death="reported")


def confirm_death(work: Work, request: ConfirmDeath) -> IncidentView:
    """Second step, by another person: the hearse service hears of it."""
    incident = find.incident_of_crew(work, request.incident_id)
    patient, before = incident.patient(request.patient_number), incident.version
    nik = request.nik or (patient.death.nik if patient.death else None)
    person_key = work.person_keys.person_key(nik) if nik else None
    kin = next_of_kin.resolve(work, incident, request.next_of_kin)
    given = (work.actor.subject, work.now, person_key, request.nik, kin, _facility_point(work, patient.death))
    events = incident.confirm_death(patient.number, *given)
    if incident.version == before:
        return shown(work, incident)
    return saved(work, incident, patient, events, death="confirmed")


def _facility_point(work: Work, report: DeathReport | None) -> Point | None:
    facility = store.facility.get(work, report.facility_id) if report and report.facility_id else None
    return facility.location if facility else None


def retract_death(work: Work, request: RetractDeath) -> IncidentView:
    """A confirmed death was a mistake: whoever heard of it hears of this."""
    incident = find.incident_of_crew(work, request.incident_id)
    find.require_facility(work, request.facility_id)
    patient, before = incident.patient(request.patient_number), incident.version
    stood, active = replace(patient), store.assignment.count_active(work, incident.id)
    by = work.actor.subject
    given = (request.reason, by, work.now, active, request.outcome, request.facility_id)
    events = incident.retract_death(patient.number, *given)
    if incident.version == before:
        return shown(work, incident)
    store.death_retraction.add(work, incident.id, stood, request.reason)
    return saved(work, incident, patient, events, death="retracted", reason=request.reason)
