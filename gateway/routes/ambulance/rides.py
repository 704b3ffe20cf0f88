"""Recurring pick-ups, and the day's plan."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE, POINT

SERIES = {
    "phone": "0812 3456 7890",
    "needs": "kursi roda",
    "location": POINT,
    "landmark": "pagar hijau",
    "facility_id": "RS-CONTOH-1",
    "weekdays": ["monday", "wednesday", "friday"],
    "pickup_time": "05:30",
    "return_time": "11:00",
    "begins_on": "2026-12-07",
}
ONE = f"{BASE}/ride-series/{{series_id}}"

ROUTES = (
    Route("POST", f"{BASE}/ride-series", a.OpenRideSeries, 201, example=SERIES),
    Route("GET", f"{BASE}/ride-series", a.ListRideSeries),
    Route("GET", ONE, a.GetRideSeries),
    Route("POST", f"{ONE}/skips", a.SkipRide, example={"on": "2026-12-09"}),
    Route("POST", f"{ONE}/ending", a.EndRideSeries, example={"reason": "pasien dirawat inap"}),
    Route("GET", f"{BASE}/day-plans/{{on}}", a.GetDayPlan),
    Route("POST", f"{BASE}/day-plans/{{on}}", a.PlanDay),
)
