"""Our own contestant: the ambulance service twice, the gateway once, with least rights as in `kota up`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from bench.contestant import Contestant
from bench.servers import Servers

SERVICE = "ambulance"
WORKERS = 2


def available() -> bool:
    """True when the gateway and the service are in this checkout."""
    return all(_exists(name) for name in ("gateway.__main__", f"services.{SERVICE}.service", "chassis.run"))


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def needed(contestants: Sequence[str]) -> tuple[str, ...]:
    """The services that must be provisioned for these contestants."""
    return (SERVICE,) if "ours" in contestants else ()


def contestant(servers: Servers) -> Contestant:
    """Ours, on servers that were provisioned for `needed`."""
    raise SystemExit("Our own contestant is not wired yet: see the lead")
