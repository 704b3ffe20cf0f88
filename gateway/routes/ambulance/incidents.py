"""Incidents, their patients and outcomes."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE, POINT

PLACE = {"location": POINT, "landmark": "depan Pasar Anyar"}
DEATH = {"died_at": "2026-11-23T12:00:00Z", "pronounced_by": "doctor", "facility_id": "RS-CONTOH-1"}

ROUTES = (
    Route("GET", f"{BASE}/incidents", a.ListIncidents),
    Route("GET", f"{BASE}/pickups", a.ListPickups),
    Route("GET", f"{BASE}/incidents/{{incident_id}}", a.GetIncident),
    Route("PUT", f"{BASE}/incidents/{{incident_id}}/location", a.LocateIncident, example=PLACE),
    Route(
        "POST",
        f"{BASE}/incidents/{{incident_id}}/triage",
        a.TriageIncident,
        example={"answers": {"conscious": True, "breathing": True}},
    ),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/closure", a.CloseIncident, example={"outcome": "transported"}),
    Route(
        "POST",
        f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/outcome",
        a.RecordPatientOutcome,
        example={"outcome": "transported"},
    ),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death", a.ReportDeath, example=DEATH),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death-confirmation", a.ConfirmDeath),
)
