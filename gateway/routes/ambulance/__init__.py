"""Ambulance: each module of this package holds the rows of one subject in ROUTES."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ...table import Route

ROUTES: tuple[Route, ...] = tuple(
    route
    for module in sorted(iter_modules(__path__), key=lambda m: m.name)
    for route in getattr(import_module(f"{__name__}.{module.name}"), "ROUTES", ())
)
