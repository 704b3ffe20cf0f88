"""The language of the suite: what services publish, answer and show. Pydantic only, no input or output.

One module (or package) per service. Importing `contracts` imports them all, so the registries are complete:

    EVENTS    event type -> model       REQUESTS  operation -> model       PROBLEMS  slug -> problem
    subscriptions()  service -> event types that it consumes
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from .base import EVENTS, REQUESTS, Event, Model, Query, Request, View
from .problems import PROBLEMS, Problem

__all__ = [
    "EVENTS",
    "PROBLEMS",
    "REQUESTS",
    "Event",
    "Model",
    "Problem",
    "Query",
    "Request",
    "View",
    "services",
    "subscriptions",
]

# Shared vocabulary and tools of this package; every other module is a service's.
_SHARED = {
    "base",
    "compatibility",
    "context",
    "envelope",
    "files",
    "generate",
    "geography",
    "identity",
    "language",
    "paging",
    "problems",
    "times",
}


def services() -> tuple[str, ...]:
    """The services that have a contract here, in alphabetical order."""
    found = {
        path.stem for path in Path(__file__).parent.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return tuple(sorted(name for name in found - _SHARED if not name.startswith("_")))


def subscriptions() -> dict[str, tuple[str, ...]]:
    """Which event types each service consumes."""
    return {name: tuple(import_module(f"{__name__}.{name}").SUBSCRIBES) for name in services()}


for _service in services():
    import_module(f"{__name__}.{_service}")
