"""One database and one role per service; each role is refused on every other database."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql


def provision_databases(superuser_url: str, passwords: Mapping[str, str]) -> None:
    """Create (or bring up to date) role and database of each service named in `passwords`."""
    with psycopg.connect(superuser_url, autocommit=True, connect_timeout=5) as connection:
        for database in ("postgres", "template1"):
            _close_to_public(connection, database)
        for service, password in passwords.items():
            _ensure_role(connection, service, password)
            _ensure_database(connection, service)
            _close_to_public(connection, service)


def _ensure_role(connection: psycopg.Connection, role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER") if known else sql.SQL("CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}").format(
            verb, sql.Identifier(role), sql.Literal(password)
        )
    )


def _ensure_database(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(name)))


def _close_to_public(connection: psycopg.Connection, database: str) -> None:
    # PUBLIC may connect to every database unless told otherwise; the owner keeps its own right.
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
