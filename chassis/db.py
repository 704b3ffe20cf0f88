"""Connections to a service's own PostgreSQL database."""

from __future__ import annotations

import os

# Must stand before psycopg's import: its other wait functions block every green thread of the process.
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")

import orjson
from psycopg.types.json import set_json_dumps
from sqlalchemy import Engine, MetaData, create_engine

set_json_dumps(orjson.dumps)  # the standard library's takes several times as long, on every event and audit row

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
CONNECT_SECONDS = 5
STATEMENT_MILLISECONDS = 10_000


def new_metadata() -> MetaData:
    """Metadata with the suite's names for constraints, so that migrations can name them."""
    return MetaData(naming_convention=CONVENTION)


def new_engine(url: str, *, pool_size: int = 5, application: str = "kota") -> Engine:
    """An engine whose connections are in autocommit: a unit of work begins its transaction only when it reads.

    Statements are cancelled by the server after ten seconds and dead peers are noticed by TCP keepalive.
    """
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_reset_on_return=None,  # a unit of work ends its transaction itself
        isolation_level="AUTOCOMMIT",
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": application,
            "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )
