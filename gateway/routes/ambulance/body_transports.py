"""Bodies for which no hearse is free."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

TASK = f"{BASE}/body-transports/{{booking_id}}"
WHO = {"responsible": "Kepala Instalasi Contoh"}

ROUTES = (
    Route("GET", f"{BASE}/body-transports", a.ListBodyTransports),
    Route("POST", f"{TASK}/partner-hearse", a.EngagePartnerHearse, example=WHO),
    Route("POST", f"{TASK}/transport-unit", a.ApproveTransportUnit, example={"unit_id": "AMB-04", **WHO}),
    Route("POST", f"{TASK}/keeping", a.KeepBody, example={"until": "2026-12-01T18:00:00+07:00", **WHO}),
)
