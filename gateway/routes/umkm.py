"""Support for small enterprises."""

from __future__ import annotations

from contracts.umkm import ListOwnerDeaths, ListPriorityHouseholds

from ..table import Route

ROUTES = (
    Route("GET", "/v1/umkm/owner-deaths", ListOwnerDeaths),
    Route("GET", "/v1/umkm/priority-households", ListPriorityHouseholds),
)
