"""Finding the services: a folder `services/<name>/` with a contract `contracts/<name>.py` (or package)."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from kota.errors import OperatorError
from kota.home import CHECKOUT

# The name becomes a database role, a broker user and a routing key: lower-case letters only.
SERVICE_NAME = re.compile(r"^[a-z]{2,30}$")


def discover(checkout: Path = CHECKOUT) -> tuple[str, ...]:
    """The names of the services in this checkout, sorted."""
    folders = sorted(path.parent for path in (checkout / "services").glob("*/__init__.py"))
    names = tuple(folder.name for folder in folders if _has_contract(checkout / "contracts", folder.name))
    for name in names:
        if not SERVICE_NAME.match(name):
            raise OperatorError(
                f"The service folder services/{name} has a name that cannot be a database role.",
                "Rename it to lower-case letters only.",
            )
    return names


def _has_contract(contracts: Path, name: str) -> bool:
    return (contracts / f"{name}.py").exists() or (contracts / name / "__init__.py").exists()


def subscriptions(service: str) -> tuple[str, ...]:
    """The event types that the service's contract says it subscribes to."""
    contract = importlib.import_module(f"contracts.{service}")
    return tuple(str(event_type) for event_type in contract.SUBSCRIBES)
