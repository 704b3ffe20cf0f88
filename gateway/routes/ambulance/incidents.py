"""Incidents: place, triage by phone, closing."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE, POINT

PLACE = {"location": POINT, "landmark": "depan Pasar Anyar"}
SEPARATION = {"reason": "dua kecelakaan berbeda, dipastikan lewat telepon"}
HAND_OVER = f"{BASE}/incidents/{{incident_id}}/hand-over"

ROUTES = (
    Route("GET", f"{BASE}/incidents", a.ListIncidents),
    Route("GET", f"{BASE}/triage-protocol", a.GetTriageProtocol),
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
    Route("POST", f"{HAND_OVER}", a.OfferHandOver, example={"to": "PSC 119 Kabupaten Tangerang"}),
    Route("POST", f"{HAND_OVER}/receipt", a.ConfirmHandOver, example={"received_by": "operator 4"}),
    Route("POST", f"{HAND_OVER}/refusal", a.RefuseHandOver, example={"reason": "no_unit"}),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/separation", a.SeparateIncident, example=SEPARATION),
)
