"""Targets, clocks, limits and the siaga mode."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

TARGETS = {"merah_minutes": 15, "kuning_minutes": 30, "hijau_minutes": 60}
CLOCKS = {
    "acknowledge_seconds": 60,
    "movement_seconds": 180,
    "hand_over_minutes": 30,
    "pickup_minutes": 60,
    "facility_answer_seconds": 180,
    "receipt_seconds": 180,
    "call_back_seconds": [15, 60, 180],
}
STATUS_LIMITS = {
    "acknowledged_minutes": 5,
    "en_route_minutes": 45,
    "on_scene_minutes": 45,
    "patient_loaded_minutes": 60,
    "handed_over_minutes": 30,
}

ROUTES = (
    Route("GET", f"{BASE}/travel-speeds", a.GetTravelSpeeds),
    Route("POST", f"{BASE}/travel-speeds", a.LearnTravelSpeeds),
    Route("GET", f"{BASE}/configuration", a.GetConfiguration),
    Route("PUT", f"{BASE}/configuration/targets", a.SetTargets, example=TARGETS),
    Route("PUT", f"{BASE}/configuration/clocks", a.SetClocks, example=CLOCKS),
    Route("PUT", f"{BASE}/configuration/status-limits", a.SetStatusLimits, example=STATUS_LIMITS),
    Route("PUT", f"{BASE}/configuration/siaga", a.SetSiagaMode, example={"mode": "confirm"}),
)
