"""Raw py-amqp, as fast as it goes: the baselines against which our relay and our consumer are judged."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import amqp
import orjson

EXCHANGE = "city.events"
UNROUTED = "city.unrouted"
LOG = "city.events.log"
EVENT_TYPE = "bench.incident-created.v1"
DRAIN_SECONDS = 30.0


class NotConfirmed(Exception):
    """The broker refused a message, or sent no confirm within DRAIN_SECONDS."""


@contextmanager
def connection(amqp_uri: str) -> Iterator[amqp.Connection]:
    """An open connection, closed at the end."""
    parts = urlsplit(amqp_uri)
    opened = amqp.Connection(
        f"{parts.hostname}:{parts.port}",
        userid=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        virtual_host=unquote(parts.path[1:]) or "/",
        connect_timeout=5,
    )
    opened.connect()
    try:
        yield opened
    except BaseException:
        # A polite close would first deliver what is prefetched, to a callback that has just failed.
        opened.collect()
        raise
    opened.close()


def declare(channel: amqp.Channel, queue: str) -> None:
    """The exchange and stream as `kota` provisions them, and an empty quorum queue for the events."""
    channel.exchange_declare(UNROUTED, "fanout", durable=True, auto_delete=False)
    alternate = {"alternate-exchange": UNROUTED}
    channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False, arguments=alternate)
    log = {"x-queue-type": "stream", "x-max-age": "7D"}
    channel.queue_declare(LOG, durable=True, auto_delete=False, arguments=log)
    channel.queue_bind(LOG, EXCHANGE, "#")
    channel.queue_declare(queue, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(queue, EXCHANGE, EVENT_TYPE)
    channel.queue_purge(queue)


def event(number: int) -> amqp.Message:
    """A persistent message of the size and headers of our events."""
    headers = {
        "cloudEvents:specversion": "1.0", "cloudEvents:id": f"00000000-0000-4000-8000-{number:012d}",
        "cloudEvents:type": "bench.incident-created.v1", "cloudEvents:source": "/bench",
        "cloudEvents:subject": f"00000000-0000-4000-9000-{number:012d}", "cloudEvents:sequence": "1",
        "cloudEvents:time": "2026-01-01T00:00:00+00:00",
        "cloudEvents:correlationid": f"00000000-0000-4000-a000-{number:012d}",
    }  # fmt: skip
    body = orjson.dumps({"incident_id": headers["cloudEvents:subject"], "kind": "medical", "patients": 1})
    return amqp.Message(body, delivery_mode=2, content_type="application/json", application_headers=headers)


class Confirms:
    """Counts the broker's confirms on a channel in confirm mode."""

    def __init__(self, channel: amqp.Channel) -> None:
        self._connection = channel.connection
        self._open: set[int] = set()
        self._last = 0
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_nack"].add(self._refused)

    def expect(self) -> None:
        """One more message was published."""
        self._last += 1
        self._open.add(self._last)

    def _acked(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._open = {number for number in self._open if number > tag}
        else:
            self._open.discard(tag)

    def _refused(self, tag: int, multiple: bool) -> None:
        raise NotConfirmed(f"the broker refused message {tag}")

    def drain(self) -> None:
        """Read until every message is confirmed. Raises NotConfirmed."""
        deadline = time.monotonic() + DRAIN_SECONDS
        while self._open:
            if time.monotonic() > deadline:
                raise NotConfirmed(f"{len(self._open)} messages were not confirmed in {DRAIN_SECONDS} s")
            self._connection.drain_events(timeout=DRAIN_SECONDS)


def publish_pipelined(channel: amqp.Channel, messages: Sequence[amqp.Message], batch: int) -> float:
    """Publish all, awaiting confirms once per batch; returns the seconds it took."""
    confirms = Confirms(channel)
    started = time.perf_counter()
    for number, message in enumerate(messages, 1):
        channel.basic_publish(message, EXCHANGE, EVENT_TYPE)
        confirms.expect()
        if number % batch == 0:
            confirms.drain()
    confirms.drain()
    return time.perf_counter() - started
