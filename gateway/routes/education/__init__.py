"""Schools and pupils, who gets a waiver, and the money for it."""

from __future__ import annotations

from ...table import Route
from . import complaints, disbursements, money, pupils, reports, waivers

ROUTES: tuple[Route, ...] = (
    pupils.ROUTES + waivers.ROUTES + complaints.ROUTES + money.ROUTES + disbursements.ROUTES + reports.ROUTES
)
