"""Small enterprises: businesses, trainings, market; capital."""

from __future__ import annotations

from ...table import Route
from . import businesses, capital

ROUTES: tuple[Route, ...] = businesses.ROUTES + capital.ROUTES
