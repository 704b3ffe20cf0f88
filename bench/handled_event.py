"""The event of the handler and lag benchmarks."""

from __future__ import annotations

from contracts.base import Event


class IncidentCreated(Event, type="bench.incident-created.v1"):
    """An incident was created."""

    incident_id: str
    kind: str
    patients: int
