"""Ambulance: intake, dispatch, crews, master data."""

from __future__ import annotations

from contracts import ambulance as a

from ..table import Route

BASE = "/v1/ambulance"

ROUTES = (
    Route("POST", f"{BASE}/contacts", a.RecordContact, 201),
    Route("GET", f"{BASE}/contacts", a.ListContacts),
    Route("GET", f"{BASE}/contacts/{{contact_id}}", a.GetContact),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/claim", a.ClaimContact),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/disposition", a.DisposeContact),
    Route("POST", f"{BASE}/incidents", a.OpenIncident, 201),
    Route("GET", f"{BASE}/incidents", a.ListIncidents),
    Route("GET", f"{BASE}/incidents/{{incident_id}}", a.GetIncident),
    Route("PUT", f"{BASE}/incidents/{{incident_id}}/location", a.LocateIncident),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/triage", a.TriageIncident),
    Route("GET", f"{BASE}/incidents/{{incident_id}}/recommendation", a.RecommendUnits),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/assignments", a.DispatchUnit, 201),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/closure", a.CloseIncident),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/outcome", a.RecordPatientOutcome),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death", a.ReportDeath),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death-confirmation", a.ConfirmDeath),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/milestones", a.RecordMilestone),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/decline", a.DeclineAssignment),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/release", a.ReleaseUnit),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/diversion", a.DivertUnit, 201),
    Route("POST", f"{BASE}/positions", a.ReportPositions),
    Route("GET", f"{BASE}/units", a.ListUnits),
    Route("GET", f"{BASE}/units/{{unit_id}}", a.GetUnit),
    Route("PUT", f"{BASE}/units/{{unit_id}}/status", a.SetUnitStatus),
    Route("GET", f"{BASE}/facilities", a.ListFacilities),
    Route("PUT", f"{BASE}/facilities/{{facility_id}}/status", a.SetFacilityStatus),
    Route("GET", f"{BASE}/areas", a.ListAreas),
    Route("POST", f"{BASE}/imports/areas", a.ImportAreas, timeout=20),
    Route("POST", f"{BASE}/imports/facilities", a.ImportFacilities, timeout=20),
    Route("POST", f"{BASE}/imports/units", a.ImportUnits, timeout=20),
)
