"""The relay: takes committed events from the outbox table to the broker, at least once, none lost.

One leader per service (an advisory lock held by its connection); woken by commits (waking.py), with a slow poll as the
safety net.
It never asks for `seq > last`: sequence numbers commit out of order, so a cursor would skip rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import amqp
import psycopg

from contracts.envelope import CONTENT_TYPE, PREFIX, routing_keys

from . import failpoints
from .broker import EVENT_LOG, EVENTS_EXCHANGE, PERSISTENT, ConfirmedBatch, NotConfirmed, confirming
from .telemetry import OUTBOX_PUBLISHED
from .waking import WakeUp

BATCH = 5000
POLL_SECONDS = 1.0
GATHER_SECONDS = 0.005
"""A round costs the same for one event as for many: under load this saves a tenth of all processor time."""
BUSY_SECONDS = 0.01
"""A commit so soon after a round is taken for load; one that comes out of silence goes out at once."""
RETENTION = timedelta(days=7)
LOCK = "SELECT pg_advisory_lock(hashtextextended('outbox relay', 0))"

_SELECT = (
    "SELECT seq, id::text, type, headers, body, sealed FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT %s"
)
_MARK = "UPDATE outbox SET published_at = %s, sealed = NULL WHERE seq = ANY(%s)"
_PRUNE = "DELETE FROM outbox WHERE created_at < %s AND published_at IS NOT NULL"


class Row(NamedTuple):
    """One committed event that waits for the broker."""

    seq: int
    id: str
    type: str
    headers: dict[str, str]
    body: str
    sealed: str | None = None


class Relay:
    """Publishes until stopped. Faults of database or broker end `lead`; the caller runs it again after a pause."""

    def __init__(
        self,
        *,
        database: Callable[[], psycopg.Connection[Any]],
        amqp_uri: str,
        service: str,
        clock: Callable[[], datetime],
        wake: WakeUp | None = None,
        on_confirmed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database, self._amqp_uri, self._service, self._clock = database, amqp_uri, service, clock
        self._on_confirmed = on_confirmed
        self._wake = wake or WakeUp()
        self.stopping = False

    def lead(self) -> None:
        """Wait for leadership, then publish what is committed until `stopping` is set."""
        with self._leadership() as connection, confirming(self._amqp_uri, name=f"{self._service} relay") as batch:
            while not self.stopping:
                wait_for_log(batch)
                if self.drain(connection, batch) == BATCH:
                    continue
                self._sleep()
                batch.keep_alive()

    def drain(self, connection: psycopg.Connection[Any], batch: ConfirmedBatch) -> int:
        """Publish one batch in order and mark what was confirmed; returns how many rows there were.

        What the broker confirmed is marked even when it goes away in the middle, so little is sent twice.
        """
        rows = [Row(*row) for row in connection.execute(_SELECT, (BATCH,)).fetchall()]
        if not rows:
            return 0
        sent: dict[int, list[int]] = {}
        try:
            for row in rows:
                keys = routing_keys(row.type)
                sent[row.seq] = [batch.send(_message(row, key), EVENTS_EXCHANGE, key) for key in keys]
            batch.wait()
            failpoints.reach(failpoints.AFTER_PUBLISH)
            self._on_confirmed()
        finally:
            self._mark(connection, [seq for seq, tags in sent.items() if batch.confirmed.issuperset(tags)])
            batch.confirmed.clear()
        if batch.refused:
            raise NotConfirmed(f"the broker refused {len(batch.refused)} events")
        return len(rows)

    def _mark(self, connection: psycopg.Connection[Any], published: list[int]) -> None:
        if published:
            connection.execute(_MARK, (self._clock(), published))
            OUTBOX_PUBLISHED.inc(len(published))

    @contextmanager
    def _leadership(self) -> Iterator[psycopg.Connection[Any]]:
        with self._database() as connection:
            connection.execute("SET statement_timeout = 0")
            connection.execute(LOCK)
            connection.execute("SET statement_timeout = '30s'")
            self._wake.lead(True)
            try:
                yield connection
            finally:
                self._wake.lead(False)

    def _sleep(self) -> None:
        """Until a commit tells of new events; under load a moment more, so that one round carries several."""
        since = time.monotonic()
        if self._wake.wait(POLL_SECONDS) and not self.stopping and time.monotonic() - since < BUSY_SECONDS:
            time.sleep(GATHER_SECONDS)


def prune(connection: psycopg.Connection[Any], now: datetime) -> int:
    """Delete what was committed more than seven days ago and is published; returns how many rows."""
    return connection.execute(_PRUNE, (now - RETENTION,)).rowcount


def wait_for_log(batch: ConfirmedBatch) -> None:
    """Raise an amqp error while the stream is down: an event confirmed then would be missing from it."""
    batch.channel.queue_declare(EVENT_LOG, passive=True)


def _message(row: Row, key: str) -> amqp.Message:
    sealed = {PREFIX + "sealed": row.sealed} if row.sealed and key != row.type else {}
    return amqp.Message(
        row.body,
        content_type=CONTENT_TYPE,
        content_encoding="utf-8",
        delivery_mode=PERSISTENT,
        message_id=row.id,
        application_headers=row.headers | sealed,
    )
