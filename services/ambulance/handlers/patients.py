"""The patients of an incident: found, triaged, taken by a unit, cared for. Row scope: incidents of their own units."""

from __future__ import annotations

from chassis.masking import mask_text
from chassis.work import Work
from contracts.ambulance.requests.patients import AddPatient, AssignPatient, ConfirmTriage, RecordPatientOutcome
from contracts.ambulance.values import Outcome
from contracts.ambulance.views import IncidentView
from contracts.base import Event

from .. import store
from ..domain.hand_over import hand_over
from ..domain.incident import Incident
from ..domain.patient import Patient
from . import care, find
from .incidents import shown


def add_patient(work: Work, request: AddPatient) -> IncidentView:
    """One more patient than was told, perhaps with the colour that the crew sees."""
    incident = find.incident_of_crew(work, request.incident_id)
    patient, events = incident.add_patient(work.new_id())
    store.patient.add(work, incident.id, patient)
    if request.triage is not None:
        events += incident.confirm_triage(patient.number, request.triage)
    return saved(work, incident, patient, events, added=True, triage=patient.triage)


def confirm_triage(work: Work, request: ConfirmTriage) -> IncidentView:
    """The colour of one patient as the crew sees it."""
    incident = find.incident_of_crew(work, request.incident_id)
    before = incident.version
    events = incident.confirm_triage(request.patient_number, request.triage)
    if incident.version == before:
        return shown(work, incident)
    return saved(work, incident, incident.patient(request.patient_number), events, triage=request.triage)


def assign_patient(work: Work, request: AssignPatient) -> IncidentView:
    """Which unit takes which patient."""
    assignment, incident = find.assignment_and_incident(work, request.assignment_id)
    assignment.require_active("assign_patient")
    patient = incident.patient(request.patient_number)
    find.require_patient(work, patient)
    before = incident.version
    events = incident.assign_patient(patient.number, assignment.id, assignment.unit_id)
    if incident.version == before:
        return shown(work, incident)
    return saved(work, incident, patient, events, assignment_id=str(assignment.id), unit_id=assignment.unit_id)


def record_patient_outcome(work: Work, request: RecordPatientOutcome) -> IncidentView:
    """How one patient's case ended."""
    incident = find.incident_of_crew(work, request.incident_id)
    patient = incident.patient(request.patient_number)
    find.require_patient(work, patient)
    find.require_facility(work, request.facility_id)
    facility_id = request.facility_id or _destination(work, patient, request.outcome)
    to = request.handed_over_to and mask_text(request.handed_over_to)
    given = hand_over(request.outcome, to, request.handed_over_at, work.now, known=facility_id is not None)
    before = incident.version
    events = incident.record_outcome(patient.number, request.outcome, facility_id, given)
    if incident.version == before:
        return shown(work, incident)
    return saved(work, incident, patient, events, outcome=request.outcome)


def saved(work: Work, incident: Incident, patient: Patient, events: list[Event], **detail: object) -> IncidentView:
    """Store a step that changed one patient, tell it and show the incident."""
    care.look(work, incident)
    store.incident.save(work, incident, patient)
    work.emit(incident.id, incident.version, *events)
    work.audit(incident.id, patient=patient.number, state=incident.state, **detail)
    return shown(work, incident)


def _destination(work: Work, patient: Patient, outcome: Outcome) -> str | None:
    """Where the patient's unit went, for a transport that does not say it."""
    if outcome is not Outcome.TRANSPORTED or patient.assignment_id is None or patient.facility_id is not None:
        return None
    assignment = store.assignment.get(work, patient.assignment_id)
    return assignment.facility_id if assignment else None
