"""Figures of a term."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE

ROUTES = (
    Route("GET", f"{BASE}/waiver-report/csv", e.GetWaiverReport, timeout=15.0),
    Route("GET", f"{BASE}/waiver-report/xlsx", e.GetWaiverWorkbook, timeout=15.0),
    Route("GET", f"{BASE}/waiver-figures", e.ListWaiverFigures, timeout=15.0),
)
