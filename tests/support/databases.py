"""Databases under test: counted by another session, taken away and given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

GATE = 4711


def plain(url: str) -> str:
    """The address for psycopg itself."""
    return url.replace("+psycopg:", ":", 1)


def select(url: str, query: str, *parameters: Any) -> list[Any]:
    """The rows of a query, in a session of its own."""
    with session(url) as ask:
        return ask(query, *parameters)


@contextmanager
def session(url: str) -> Iterator[Callable[..., list[Any]]]:
    """Asks as `select` does, for many questions in one session."""
    with psycopg.connect(plain(url), autocommit=True, connect_timeout=5) as connection:

        def ask(query: str, *parameters: Any) -> list[Any]:
            cursor = connection.execute(query.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []

        yield ask


def count(url: str, table: str) -> int:
    """How many rows; `table` may carry a condition."""
    return int(select(url, f"SELECT count(*) FROM {table}")[0][0])


@contextmanager
def away(url: str, superuser_url: str) -> Iterator[None]:
    """The database refuses everybody, and ends who is in it, as a lost server does."""
    name = psycopg.conninfo.conninfo_to_dict(plain(url))["dbname"]
    with psycopg.connect(superuser_url, autocommit=True, connect_timeout=5) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


@contextmanager
def gate_closed(url: str) -> Iterator[None]:
    """Holds up every handler of the sample service until the block ends."""
    with psycopg.connect(plain(url), autocommit=True, connect_timeout=5) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (GATE,))
        yield


def waiting_at_gate(url: str) -> int:
    """How many handlers stand before it."""
    return count(url, "pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted")
