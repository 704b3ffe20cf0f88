"""The patients of an incident: found, triaged, taken, brought somewhere, dead, alive after all."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

PATIENTS = f"{BASE}/incidents/{{incident_id}}/patients"
PATIENT = f"{PATIENTS}/{{patient_number}}"
DEATH = {"died_at": "2026-11-23T12:00:00Z", "pronounced_by": "doctor", "facility_id": "RS-CONTOH-1"}
RETRACTION = {"reason": "signs_of_life"}
TRIP = f"{BASE}/assignments/{{assignment_id}}"
FACILITY = {"facility_id": "RS-CONTOH-1"}
REFUSAL = {"facility_id": "RS-CONTOH-1", "reason": "no_bed"}

ROUTES = (
    Route("POST", PATIENTS, a.AddPatient, 201, example={"triage": "kuning"}),
    Route("PUT", f"{PATIENT}/triage", a.ConfirmTriage, example={"triage": "merah"}),
    Route("PUT", f"{TRIP}/patients/{{patient_number}}", a.AssignPatient),
    Route("POST", f"{PATIENT}/outcome", a.RecordPatientOutcome, example={"outcome": "transported"}),
    Route("GET", f"{PATIENT}/facilities", a.RankFacilities),
    Route("POST", f"{TRIP}/inquiries", a.AskFacility, example=FACILITY),
    Route("POST", f"{TRIP}/acceptances", a.AcceptPatient, example=FACILITY),
    Route("POST", f"{TRIP}/refusals", a.RefuseFacility, example=REFUSAL),
    Route("POST", f"{PATIENT}/death", a.ReportDeath, example=DEATH),
    Route("POST", f"{PATIENT}/death-confirmation", a.ConfirmDeath, example={"nik": "3671014502809001"}),
    Route("POST", f"{PATIENT}/death-retraction", a.RetractDeath, example=RETRACTION),
)
