"""Ambulance: intake, dispatch, crews, master data."""

from __future__ import annotations

from contracts import ambulance as a

from ..table import Route

BASE = "/v1/ambulance"
POINT = {"type": "Point", "coordinates": [106.6405, -6.1888]}
PLACE = {"location": POINT, "landmark": "depan Pasar Anyar"}
CONTACT = {"channel": "call", "complaint": "sesak napas", **PLACE}
INCIDENT = {"channel": "call", "complaint": "sesak napas", "kind": "medical", "patients": 1, **PLACE}
DISPOSITION = {"disposition": "incident", "kind": "traffic", "patients": 2, **PLACE}
ANSWERS = {"answers": {"conscious": True, "breathing": True}}
MILESTONE = {"milestone": "on_scene"}
REASON = {"reason": "ban kempes"}
DIVERSION = {"incident_id": "01a20a67-01f0-72f8-a748-0681f088c901", "reason": "lebih dekat ke kasus merah"}
DEATH = {"died_at": "2026-11-23T12:00:00Z", "pronounced_by": "doctor", "facility_id": "RS-CONTOH-1"}
POSITIONS = {"positions": [{"unit_id": "AMB-01", "location": POINT, "at": "2026-11-23T12:00:00Z"}]}
RING = [[106.63, -6.19], [106.65, -6.19], [106.65, -6.17], [106.63, -6.17], [106.63, -6.19]]
AREA = {
    "code": "36.71.01.1001",
    "name": "Sukarasa",
    "kecamatan_code": "36.71.01",
    "kecamatan": "Tangerang",
    "polygons": [[RING]],
}
FACILITY = {"id": "RS-CONTOH-1", "name": "Rumah Sakit Contoh Satu", "type": "hospital", "location": POINT}
UNIT = {"id": "AMB-01", "type": "bls", "base": POINT}

ROUTES = (
    Route("POST", f"{BASE}/contacts", a.RecordContact, 201, example=CONTACT),
    Route("GET", f"{BASE}/contacts", a.ListContacts),
    Route("GET", f"{BASE}/contacts/{{contact_id}}", a.GetContact),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/claim", a.ClaimContact),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/disposition", a.DisposeContact, example=DISPOSITION),
    Route("POST", f"{BASE}/incidents", a.OpenIncident, 201, example=INCIDENT),
    Route("GET", f"{BASE}/incidents", a.ListIncidents),
    Route("GET", f"{BASE}/incidents/{{incident_id}}", a.GetIncident),
    Route("PUT", f"{BASE}/incidents/{{incident_id}}/location", a.LocateIncident, example=PLACE),
    Route(
        "POST",
        f"{BASE}/incidents/{{incident_id}}/triage",
        a.TriageIncident,
        example={"answers": {"conscious": True, "breathing": True}},
    ),
    Route("GET", f"{BASE}/incidents/{{incident_id}}/recommendation", a.RecommendUnits),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/assignments", a.DispatchUnit, 201, example={"unit_id": "AMB-01"}),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/closure", a.CloseIncident, example={"outcome": "transported"}),
    Route(
        "POST",
        f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/outcome",
        a.RecordPatientOutcome,
        example={"outcome": "transported"},
    ),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death", a.ReportDeath, example=DEATH),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/patients/{{patient_number}}/death-confirmation", a.ConfirmDeath),
    Route(
        "POST", f"{BASE}/assignments/{{assignment_id}}/milestones", a.RecordMilestone, example={"milestone": "on_scene"}
    ),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/decline", a.DeclineAssignment, example=REASON),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/release", a.ReleaseUnit, example=REASON),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/diversion", a.DivertUnit, 201, example=DIVERSION),
    Route("POST", f"{BASE}/positions", a.ReportPositions, example=POSITIONS),
    Route("GET", f"{BASE}/units", a.ListUnits),
    Route("GET", f"{BASE}/units/{{unit_id}}", a.GetUnit),
    Route("PUT", f"{BASE}/units/{{unit_id}}/status", a.SetUnitStatus, example={"state": "available"}),
    Route("GET", f"{BASE}/facilities", a.ListFacilities),
    Route("PUT", f"{BASE}/facilities/{{facility_id}}/status", a.SetFacilityStatus, example={"state": "diversion"}),
    Route("GET", f"{BASE}/areas", a.ListAreas),
    Route("POST", f"{BASE}/imports/areas", a.ImportAreas, timeout=20, example={"areas": [AREA]}),
    Route("POST", f"{BASE}/imports/facilities", a.ImportFacilities, timeout=20, example={"facilities": [FACILITY]}),
    Route("POST", f"{BASE}/imports/units", a.ImportUnits, timeout=20, example={"units": [UNIT]}),
)
