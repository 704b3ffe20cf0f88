"""What a simulation is asked to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`speed`: simulated seconds per second; `patience`: seconds that one request is retried before it is given up."""

    incidents: int = 200
    speed: float = 600.0
    seed: int = 1
    nuisance_per_incident: int = 20
    gateway: str | None = None
    issuer: str | None = None
    patience: float = 60.0
    settle_seconds: float = 90.0
    broker_down_seconds: float = 0.0
    """Simulated seconds without the broker, from ten in the morning; 0: it stays."""
    databases: bool = True
    """Also read the suite's databases and stream; without it only the API is compared."""
