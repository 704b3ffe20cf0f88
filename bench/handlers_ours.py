"""Our consumer on the handler benchmark: a real service process with inbox, one row and its audit row an event."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime

import amqp
import orjson
import psycopg
from alembic import command

from bench.processes import free_port, python, running
from bench.raw_broker import EVENT_TYPE, connection, publish_pipelined
from chassis.broker import ServiceQueues
from chassis.declaring import declare_queues
from chassis.migrate import histories, history_config
from contracts.envelope import Envelope

LIMIT_SECONDS = 120.0
HANDLED = """
CREATE TABLE IF NOT EXISTS handled
(incident_id text PRIMARY KEY, body jsonb NOT NULL, handled_at timestamptz NOT NULL DEFAULT clock_timestamp())
"""
DECLARED_RETRIES = (1.0, 10.0, 60.0, 600.0)


def handled(database_url: str, amqp_uri: str, events: int, processes: int) -> float:
    """Events handled a second between the first and the last commit, by `processes` service processes."""
    prepare(database_url, amqp_uri, events)
    env = [
        {
            "DATABASE_URL_BENCH": database_url.replace("postgresql://", "postgresql+psycopg://", 1),
            "AMQP_URI": amqp_uri,
            "HEALTH_PORT": str(free_port()),
        }
        for _ in range(processes)
    ]
    with running([python("bench.handled")] * processes, env[0] | {"HEALTH_PORT": "0"}):
        _wait(database_url, events)
    with psycopg.connect(database_url) as database:
        row = database.execute(
            "SELECT count(*), extract(epoch FROM max(received_at) - min(received_at)) FROM inbox"
        ).fetchone()
    assert row is not None
    if row[0] != events:
        raise SystemExit(f"{events} events were published but {row[0]} inbox rows were written")
    return events / float(row[1])


def prepare(database_url: str, amqp_uri: str, events: int) -> None:
    """The chassis' tables, an empty table of our own, and `events` messages waiting in the service's queue."""
    table, versions = histories("bench")[0]
    command.upgrade(
        history_config(database_url.replace("postgresql://", "postgresql+psycopg://", 1), table, versions), "head"
    )
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(HANDLED)
        database.execute("TRUNCATE handled, inbox, outbox")
    with connection(amqp_uri) as opened:
        channel = opened.channel()
        declare_queues(opened, ServiceQueues("bench"), [EVENT_TYPE], DECLARED_RETRIES)
        channel.queue_purge("bench.events")
        publish_pipelined(channel, [_event(number) for number in range(events)], batch=1000)


def _event(number: int) -> amqp.Message:
    incident_id = f"00000000-0000-4000-9000-{number:012d}"
    envelope = Envelope(
        id=uuid.uuid4(),
        source="/services/bench",
        type=EVENT_TYPE,
        subject=incident_id,
        time=datetime.now(UTC),
        sequence=1,
        correlationid=incident_id,
    )
    body = orjson.dumps({"incident_id": incident_id, "kind": "medical", "patients": 1})
    return amqp.Message(body, delivery_mode=2, content_type="application/json", application_headers=envelope.headers())


def _wait(database_url: str, events: int) -> None:
    end = time.monotonic() + LIMIT_SECONDS
    with psycopg.connect(database_url, autocommit=True) as database:
        while time.monotonic() < end:
            row = database.execute("SELECT count(*) FROM inbox").fetchone()
            if row and row[0] >= events:
                return
            time.sleep(0.1)
    raise SystemExit(f"our consumer had not handled {events} events after {LIMIT_SECONDS:g} s")
