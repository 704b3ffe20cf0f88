"""`python -m chassis.migrate <service>`: brings a service's database to its newest schema.

Two histories run one after the other, each with its own version table: the chassis' own tables
(chassis/migrations/versions) and the service's (services/<name>/migrations/versions). So a new chassis table needs no
edit in any service.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from .faults import DATABASE_FAULTS
from .refusing import in_one_line
from .schema import histories, is_newer, of_connection
from .settings import load

ROOT = Path(__file__).resolve().parent.parent
LOCK = "SELECT pg_advisory_lock(hashtextextended('migrate', 0))"


def upgrade(service: str, url: str) -> None:
    """Apply what is missing. Two that start at once take turns; a schema newer than the code is left alone."""
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True, connect_timeout=10) as connection:
        connection.execute(LOCK)
        for version_table, versions in histories(service):
            if is_newer(of_connection(connection), version_table, versions):
                print(f"{service}: {version_table} is newer than this code (a release was taken back): left as it is")
                continue
            command.upgrade(history_config(url, version_table, versions), "head")


def history_config(url: str, version_table: str, versions: Path) -> Config:
    """Alembic's configuration for one history."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "chassis" / "migrations"))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    config.attributes["version_table"] = version_table
    return config


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m chassis.migrate <service>")
    with in_one_line(f"migration of {sys.argv[1]}"):
        settings = load(sys.argv[1])
    try:
        upgrade(sys.argv[1], settings.database_url.get_secret_value())
    except DATABASE_FAULTS as error:
        raise SystemExit(f"migration of {sys.argv[1]}: {str(error).strip().splitlines()[0]}") from None
