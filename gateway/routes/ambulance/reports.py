"""Figures of a period."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

SECONDS = 15.0
"""A report over many years may take a while."""

ROUTES = (
    Route("GET", f"{BASE}/reports/response-times", a.GetResponseTimes, timeout=SECONDS),
    Route("GET", f"{BASE}/reports/response-times/csv", a.ExportResponseTimes, timeout=SECONDS),
    Route("GET", f"{BASE}/reports/contacts", a.GetContactCounts, timeout=SECONDS),
    Route("GET", f"{BASE}/reports/contacts/csv", a.ExportContactCounts, timeout=SECONDS),
    Route("GET", f"{BASE}/reports/coverage", a.GetCoverage, timeout=SECONDS),
    Route("GET", f"{BASE}/reports/coverage/csv", a.ExportCoverage, timeout=SECONDS),
)
