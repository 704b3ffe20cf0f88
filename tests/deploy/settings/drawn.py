"""Secrets as `kota provision secrets` draws them, and which of them a process reads under which name."""

from __future__ import annotations

from pathlib import Path

from chassis.direct.wire import key_variable
from kota.environment import process_environment
from kota.home import Home
from kota.ports import wanted_ports
from kota.provisioning.files import write_files
from kota.secrets import wanted_secrets
from kota.services import discover
from kota.suite import Suite

SERVICES = discover()
NOT_SECRET = {"DIRECT_PORT", "HEALTH_PORT", "PSYCOPG_WAIT_FUNC", "PUBLIC_URL", "STORAGE_URL"}


def drawn(folder: Path) -> dict[str, str]:
    """Every file's content by its name."""
    write_files(folder, "postgres", "rabbitmq")
    return {path.name: path.read_text().strip() for path in folder.iterdir()}


def read_by(process: str, folder: Path) -> set[str]:
    """The variables that `kota up` gives this process, and nobody else's environment."""
    secrets = {name: draw() for name, draw in wanted_secrets(SERVICES).items()}
    ports = {name: 1 for name in wanted_ports(SERVICES, {}, any_free=False)}
    own = process_environment(Suite(Home(folder), SERVICES, ports, secrets, {}), process)
    return set(own) - {"PYTHONUNBUFFERED", "KOTA_SUPERVISED_FOR", "PATH", "HOME", "LANG", "TZ", "SSL_CERT_FILE"}


def secrets_of(process: str, folder: Path) -> set[str]:
    """Those of them that are secret."""
    if process == "gateway":
        return {"AMQP_URI", *map(key_variable, SERVICES)}
    if process == "console":
        return {"CONSOLE_SESSION_KEYS"}
    return read_by(process, folder) - NOT_SECRET
