"""Small enterprises: businesses, trainings, market; capital; grants."""

from __future__ import annotations

from ...table import Route
from . import businesses, capital, grants

ROUTES: tuple[Route, ...] = businesses.ROUTES + capital.ROUTES + grants.ROUTES
