"""School-fee waivers."""

from __future__ import annotations

from contracts.education import ListDeathNotices

from ..table import Route

ROUTES = (Route("GET", "/v1/education/death-notices", ListDeathNotices),)
