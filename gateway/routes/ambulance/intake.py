"""Contacts, and incidents taken in one step."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE, POINT

PLACE = {"location": POINT, "landmark": "depan Pasar Anyar"}
CONTACT = {"channel": "call", "complaint": "sesak napas", **PLACE}
INCIDENT = {"channel": "call", "complaint": "sesak napas", "kind": "medical", "patients": 1, **PLACE}
DISPOSITION = {"disposition": "incident", "kind": "traffic", "patients": 2, **PLACE}

ROUTES = (
    Route("POST", f"{BASE}/contacts", a.RecordContact, 201, example=CONTACT),
    Route("GET", f"{BASE}/contacts", a.ListContacts),
    Route("GET", f"{BASE}/contacts/{{contact_id}}", a.GetContact),
    Route("GET", f"{BASE}/contacts/{{contact_id}}/progress", a.GetProgress),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/claim", a.ClaimContact),
    Route("POST", f"{BASE}/contacts/{{contact_id}}/disposition", a.DisposeContact, example=DISPOSITION),
    Route("POST", f"{BASE}/incidents", a.OpenIncident, 201, example=INCIDENT),
)
