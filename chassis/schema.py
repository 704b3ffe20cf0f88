"""Whether a database has the schema that this code needs: as new or newer, never older.

Newer is right: a change of schema comes before the code that needs it, and the code before it must go on meanwhile
(expand, migrate, contract; docs/deploying.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

_REVISION = re.compile(r'^revision = "([^"]+)"$', re.MULTILINE)
ROOT = Path(__file__).resolve().parent.parent
Query = Callable[[str], Any]


def histories(service: str) -> list[tuple[str, Path]]:
    """Version table and folder of each history, in the order in which they are applied."""
    return [
        ("alembic_version_chassis", ROOT / "chassis" / "migrations" / "versions"),
        ("alembic_version", ROOT / "services" / service / "migrations" / "versions"),
    ]


def lacking(query: Query, service: str) -> str:
    """Empty when the schema is new enough, else what is lacking and what to do, in one line.

    `query` runs one statement and returns its first value, None when there is no row."""
    for version_table, versions in histories(service):
        known = _revisions(versions)
        found = _found(query, version_table)
        if known and (not found or (found in known and found != known[-1])):
            return (
                f"schema too old: at {found or 'nothing'}, needs {known[-1]}: run python -m chassis.migrate {service}"
            )
    return ""


def is_newer(query: Query, version_table: str, versions: Path) -> bool:
    """Whether a later release has changed the schema already, in ways that this code has no name for."""
    found = _found(query, version_table)
    return bool(found) and found not in _revisions(versions)


def _found(query: Query, version_table: str) -> str:
    there = query(f"SELECT to_regclass('public.{version_table}') IS NOT NULL")
    return str(query(f"SELECT version_num FROM {version_table}") or "") if there else ""


@cache
def _revisions(versions: Path) -> list[str]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(versions.glob("*.py"))]
    return [match[1] for text in texts if (match := _REVISION.search(text))]


def of_connection(connection: psycopg.Connection[Any]) -> Query:
    """Ask through psycopg."""

    def query(statement: str) -> Any:
        row = connection.execute(statement).fetchone()
        return row[0] if row else None

    return query
