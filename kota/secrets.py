"""Secrets of one installation: drawn at random once, kept in $KOTA_HOME/secrets.env."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from dotenv import dotenv_values

from chassis.direct.wire import key_variable
from chassis.settings import opening_variable
from contracts.envelope import opens
from kota.private_files import PRIVATE, write_private

BROKER_USERS = ("admin", "gateway", "kota")
KEY_BYTES = 32


def random_password() -> str:
    """192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)


def random_key() -> str:
    """A 256-bit key in base64."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def wanted_secrets(services: Iterable[str]) -> dict[str, Callable[[], str]]:
    """Each secret's name with the way to draw it."""
    names = list(services)
    wanted: dict[str, Callable[[], str]] = {
        "POSTGRES_PASSWORD": random_password,
        "PERSON_KEY_SECRET": random_key,
        "CONSOLE_SESSION_KEYS": random_key,
    }
    for user in (*BROKER_USERS, *names):
        wanted[f"AMQP_PASSWORD_{user.upper()}"] = random_password
    for service in names:
        wanted[f"POSTGRES_PASSWORD_{service.upper()}"] = random_password
        wanted[f"FIELD_KEYS_{service.upper()}"] = lambda: f"k1:{random_key()}"
        wanted[f"AUDIT_KEY_{service.upper()}"] = random_key
        wanted[key_variable(service)] = random_key
        if opens(service):
            wanted[opening_variable(service)] = lambda: f"k1:{random_key()}"
    return wanted


def read_secrets(path: Path) -> dict[str, str]:
    """The secrets in the file; empty when there is none."""
    if not path.exists():
        return {}
    return {name: value for name, value in dotenv_values(path, interpolate=False).items() if value}


def ensure_secrets(path: Path, services: Iterable[str]) -> dict[str, str]:
    """Read the file, draw what is missing, never change what is there."""
    known = read_secrets(path)
    drawn = {name: draw() for name, draw in wanted_secrets(services).items() if name not in known}
    if drawn:
        known |= drawn
        lines = [f"{name}={value}" for name, value in sorted(known.items())]
        write_private(path, "\n".join(["# Secrets of this installation. Losing them loses the data.", *lines, ""]))
    path.chmod(PRIVATE)
    return known
