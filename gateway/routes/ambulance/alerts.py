"""Alerts and tasks."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

ROUTES = (
    Route("GET", f"{BASE}/alerts", a.ListAlerts),
    Route("POST", f"{BASE}/alerts/{{alert_id}}/acknowledgement", a.AcknowledgeAlert),
    Route("POST", f"{BASE}/alerts/{{alert_id}}/resolution", a.ResolveAlert),
)
