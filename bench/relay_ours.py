"""Our relay on the relay benchmark: rows in a real outbox table, drained by chassis.outbox.Relay."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial

import orjson
import psycopg
from psycopg import sql
from sqlalchemy import create_engine

from bench.raw_broker import EVENT_TYPE, event
from chassis.broker import confirming
from chassis.outbox import Relay
from chassis.tables import outbox

SCHEMA = "bench_relay"
FILL = """INSERT INTO outbox (id, type, subject, sequence, headers, body, created_at)
VALUES (%s, %s, %s, 1, %s::jsonb, %s, now())"""


def drained(database_url: str, amqp_uri: str, events: int) -> float:
    """Outbox rows drained a second: selected, published, confirmed and marked."""
    connect = partial(_connect, database_url)
    fill(database_url, events)
    relay = Relay(database=connect, amqp_uri=amqp_uri, service="bench", clock=lambda: datetime.now(UTC))
    with connect() as database, confirming(amqp_uri, name="bench relay") as batch:
        started = time.perf_counter()
        while relay.drain(database, batch):
            pass
        seconds = time.perf_counter() - started
        row = database.execute("SELECT count(*) FROM outbox WHERE published_at IS NOT NULL").fetchone()
    if row != (events,):
        raise SystemExit(f"{events} events were in the outbox but {row and row[0]} were marked as published")
    return events / seconds


def fill(database_url: str, events: int) -> None:
    """An outbox of our own definition with `events` waiting rows, analysed as autovacuum would have done."""
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(SCHEMA)))
        database.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
    engine = create_engine("postgresql+psycopg://", creator=partial(_connect, database_url))
    outbox.create(engine)
    engine.dispose()
    with _connect(database_url) as database:
        with database.transaction():
            database.cursor().executemany(FILL, [_row(number) for number in range(events)])
        database.execute("ANALYZE outbox")


def _row(number: int) -> tuple[str, str, str, str, str]:
    message = event(number)
    headers = message.properties["application_headers"]
    return (
        headers["cloudEvents:id"],
        EVENT_TYPE,
        headers["cloudEvents:subject"],
        orjson.dumps(headers).decode(),
        message.body.decode(),
    )


def _connect(database_url: str) -> psycopg.Connection:
    return psycopg.connect(database_url, autocommit=True, options=f"-c search_path={SCHEMA}")
