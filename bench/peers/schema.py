"""Creates the work's tables afresh, and counts their rows: a peer must have written what it answered."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, create_engine, func, select, text
from sqlalchemy.schema import CreateSchema

from bench.peers.work import TABLES, metadata


def engine_for(database_url: str, pool_size: int = 5) -> Engine:
    """An engine for a plain `postgresql://` URL, through psycopg 3."""
    return create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=pool_size)


def create_afresh(engine: Engine) -> None:
    """Drop and create every table, so that each peer's turn starts with the same empty ones."""
    with engine.begin() as connection:
        connection.execute(CreateSchema("bench", if_not_exists=True))
        metadata.drop_all(connection)
        metadata.create_all(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))


def count(engine: Engine) -> dict[str, int]:
    """Rows in each table, by its name."""
    with engine.connect() as connection:
        return {table.name: _rows(connection, table) for table in TABLES}


def _rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
