"""Addresses that are none are refused at the start, in one line, and never repeated: they hold passwords."""

from __future__ import annotations

from urllib.parse import urlsplit

POSTGRES = ("postgresql", "postgresql+psycopg")
AMQP = ("amqp", "amqps")


def require_database(variable: str, url: str) -> None:
    """Raises SystemExit unless it is an address of a PostgreSQL database (by a socket's folder, without a host)."""
    if not _is(url, POSTGRES) or not urlsplit(url).path.strip("/"):
        raise SystemExit(f"{variable} is no database's address: write postgresql://user:password@host:5432/database")


def require_broker(variable: str, uri: str) -> None:
    """Raises SystemExit unless it is an address of a broker."""
    if not _is(uri, AMQP) or not urlsplit(uri).hostname:
        raise SystemExit(f"{variable} is no broker's address: write amqp://user:password@host:5672/vhost")


def _is(address: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in schemes and (parts.port or 1) > 0
    except ValueError:
        return False
