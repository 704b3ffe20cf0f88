"""Bringing each service's database to the newest schema, all at once.

A database remembers, in its comment, the fingerprint of the migrations it has seen: at a second start nothing needs
to run, which saves about five seconds of processor time.
"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from psycopg import sql

from kota.environment import process_environment
from kota.errors import OperatorError
from kota.suite import Suite

LIMIT = 300  # seconds
SEEN = """
SELECT shobj_description(oid, 'pg_database'), current_database()
  FROM pg_database WHERE datname = current_database()
"""


def migrate_all(suite: Suite, *, only_changed: bool = False) -> None:
    """Migrate every service's database; raise OperatorError with the words of the first that fails."""
    if suite.services:
        with ThreadPoolExecutor(len(suite.services)) as pool:
            list(pool.map(lambda service: _migrate(suite, service, only_changed), suite.services))


def _migrate(suite: Suite, service: str, only_changed: bool) -> None:
    url = suite.database_url(service).replace("+psycopg:", ":", 1)
    wanted = fingerprint(suite.home.checkout, service)
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            seen, database = connection.execute(SEEN).fetchone() or (None, "")
            if only_changed and seen == wanted:
                return
            _run(suite, service)
            # A given database may belong to another role: then it is simply migrated at each start.
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                _remember(connection, database, wanted)
    except psycopg.OperationalError as error:
        raise OperatorError(f"The database of {service} does not answer: {error}") from error


def fingerprint(checkout: Path, service: str) -> str:
    """A digest of all migrations that concern the service: the chassis' and its own."""
    digest = hashlib.sha256()
    for folder in (checkout / "chassis" / "migrations", checkout / "services" / service / "migrations"):
        for file in sorted(folder.rglob("*.py")):
            digest.update(str(file.relative_to(checkout)).encode() + b"\0" + file.read_bytes() + b"\0")
    return f"kota migrations {digest.hexdigest()}"


def _remember(connection: psycopg.Connection, database: str, text: str) -> None:
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(text)))


def _run(suite: Suite, service: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "chassis.migrate", service],
        env=process_environment(suite, service),
        cwd=suite.home.checkout,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    if result.returncode:
        words = (result.stdout + result.stderr).strip()[-1500:]
        raise OperatorError(f"The migration of {service} failed.", words)
