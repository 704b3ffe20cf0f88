"""The broker's shape and the two ways of publishing: one confirmed message, and many with pipelined confirms.

Shared objects are declared once by the operator (`kota`); a service declares only what carries its own name
(declaring.py), and its broker user may do no more (architecture §3).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import amqp
from kombu import Connection
from kombu.transport.pyamqp import Channel

from .gathering import GatheredFrames

EVENTS_EXCHANGE = "city.events"
EVENT_LOG = "city.events.log"
UNROUTED = "city.unrouted"
RPC_EXCHANGE = "nameko-rpc"

ATTEMPT_HEADER = "x-attempt"
REASON_HEADER = "x-reason"
AGAIN, DEAD = "again", "dead"

UNLIMITED_DELIVERIES = 2_147_483_647
"""How often a quorum queue may hand out a message: as good as for ever. RabbitMQ 4 takes 20 unless told otherwise, and
drops what came back more often; 3.10 refuses the -1 that means none to 4."""

CONNECT_SECONDS = 3.0
"""For the TCP connection, and again for each answer until AMQP's is open. Tried twice: RabbitMQ 4.0.5 was seen to let
one of many connections opened in a burst wait for five seconds, while the next was answered at once."""
QUICK_CONNECT_SECONDS = 2.0
"""For those who try again by themselves, so that a try made while nothing answered is soon over."""
CONFIRM_SECONDS = 10
HEARTBEAT_SECONDS = 10
PERSISTENT = 2


class NotConfirmed(Exception):
    """The broker refused a message, or did not confirm it in time. Nothing is lost: it is still in the outbox."""


class Unroutable(NotConfirmed):
    """No queue takes this message."""


@dataclass(frozen=True, slots=True)
class ServiceQueues:
    """The names of a service's own queues and exchange."""

    service: str

    @property
    def events(self) -> str:
        """Where subscribed events arrive."""
        return f"{self.service}.events"

    @property
    def delay(self) -> str:
        """Exchange that leads failed messages to a waiting queue, back, or to the dead ones."""
        return f"{self.service}.delay"

    @property
    def dead(self) -> str:
        """Messages that a person must look at."""
        return f"{self.service}.events.dead"

    @property
    def requests(self) -> str:
        """Where requests arrive; it vanishes with its last consumer, so that callers learn at once."""
        return f"rpcx-{self.service}"

    def retry(self, seconds: float) -> str:
        """The waiting queue of a retry after so many seconds. Its time is in its name: no queue can be given another
        one, so a changed setting needs other queues."""
        return f"{self.service}.events.retry.{waiting_time(seconds)}"


def waiting_time(seconds: float) -> str:
    """As it stands in names and routing keys: `10s`, `500ms`."""
    return f"{seconds:.0f}s" if seconds == int(seconds) else f"{seconds * 1000:.0f}ms"


class BoundedChannel(Channel):  # type: ignore[misc]  # kombu has no types
    """kombu's channel, for which no answer of the broker is waited for without end."""

    answer_seconds: float = CONFIRM_SECONDS

    def wait(self, method: Any, callback: Any = None, timeout: Any = None, returns_tuple: bool = False) -> Any:
        """Raises TimeoutError after `answer_seconds`, ten unless set."""
        return super().wait(method, callback, timeout or self.answer_seconds, returns_tuple)

    def basic_cancel(self, consumer_tag: str, nowait: bool = True, **options: Any) -> Any:
        """Take nothing more, without waiting for the broker's word.

        A worker that publishes on this channel reads what has come meanwhile, that word included, and whoever waited
        for it would wait on: a process that was told to stop while it answered requests did not end. What is on its way
        already goes back to the queue, for others.
        """
        done = super().basic_cancel(consumer_tag, nowait=True, **options)
        self._remove_tag(consumer_tag)
        return done


def connect(uri: str, *, name: str, heartbeat: int = HEARTBEAT_SECONDS, quick: bool = False) -> Connection:
    """An open kombu connection with bounded waits; `quick`: one short try.

    Raises OSError or amqp errors when the broker is away.
    """
    connection = Connection(
        uri,
        connect_timeout=QUICK_CONNECT_SECONDS if quick else CONNECT_SECONDS,
        heartbeat=heartbeat,
        transport_options={
            "read_timeout": None,
            "write_timeout": CONFIRM_SECONDS,
            "client_properties": {"connection_name": name},
        },
    )
    # connect() would sleep for two seconds before it tries a second time.
    tries = {"max_retries": 0 if quick else 1, "interval_start": 0, "interval_step": 0}
    connection.ensure_connection(**tries, reraise_as_library_errors=False)
    connection.connection.Channel = BoundedChannel
    return connection


def abandon(connection: Connection) -> None:
    """Close the socket without a farewell: a broker that does not answer would never return it."""
    raw, connection._connection = connection._connection, None
    if raw is not None:
        with suppress(OSError, AttributeError):  # half torn down already
            raw.collect()


@contextmanager
def connected(uri: str, *, name: str, heartbeat: int = HEARTBEAT_SECONDS, quick: bool = False) -> Iterator[Connection]:
    """A connection for the block; a fault in it ends it at once."""
    connection = connect(uri, name=name, heartbeat=heartbeat, quick=quick)
    try:
        yield connection
    except BaseException:
        abandon(connection)
        raise
    connection.release()


class ConfirmedBatch:
    """A channel in confirm mode that sends many messages and then waits for all their confirms.

    Awaiting each confirm is ten times slower. `confirmed` holds the tags that the broker has taken over.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._gathered = GatheredFrames(connection.connection)
        self.channel = connection.channel()
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self._on_ack)
        self.channel.events["basic_nack"].add(self._on_nack)
        self.channel.events["basic_return"].add(self._on_return)
        self._sent = 0
        self._lowest = 1
        self._waiting: set[int] = set()
        self.confirmed: set[int] = set()
        self.refused: set[int] = set()
        self.returned: list[Any] = []

    def send(self, message: amqp.Message, exchange: str, routing_key: str, mandatory: bool = False) -> int:
        """Publish without waiting; returns the tag that `confirmed` will hold. It goes out with `wait`, or before."""
        self._sent += 1
        self._waiting.add(self._sent)
        with self._gathered:
            self.channel.basic_publish(message, exchange, routing_key, mandatory=mandatory)
        return self._sent

    def wait(self, seconds: float = CONFIRM_SECONDS) -> None:
        """Wait until every message sent is answered. Raises NotConfirmed after so many seconds without an answer.

        Counted from the last answer, not from the last frame: heartbeats come from a broker that confirms nothing, too.
        """
        self._gathered.flush()
        waiting, deadline = len(self._waiting), time.monotonic() + seconds
        while self._waiting:
            try:
                self._connection.drain_events(timeout=max(deadline - time.monotonic(), 0.01))
            except TimeoutError:
                raise NotConfirmed(f"{len(self._waiting)} messages without a confirm") from None
            if len(self._waiting) < waiting:
                waiting, deadline = len(self._waiting), time.monotonic() + seconds

    def keep_alive(self) -> None:
        """Send a heartbeat when one is due; call it at least every few seconds."""
        self._connection.heartbeat_check()

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._answered(tag, multiple, self.confirmed)

    def _on_nack(self, tag: int, multiple: bool, *_: Any) -> None:
        self._answered(tag, multiple, self.refused)

    def _answered(self, tag: int, multiple: bool, into: set[int]) -> None:
        if not multiple:
            self._waiting.discard(tag)
            into.add(tag)
            return
        tags = self._waiting.intersection(range(self._lowest, tag + 1))
        self._waiting -= tags
        into |= tags
        self._lowest = tag + 1

    def _on_return(self, _error: Exception, _exchange: str, routing_key: str, _message: Any) -> None:
        self.returned.append(routing_key)


def publish_confirmed(batch: ConfirmedBatch, message: amqp.Message, exchange: str, routing_key: str) -> None:
    """Publish one message that must reach a queue. Raises Unroutable or NotConfirmed."""
    tag = batch.send(message, exchange, routing_key, mandatory=True)
    batch.wait()
    if batch.returned:
        batch.returned.clear()
        raise Unroutable(f"no queue takes {routing_key!r} of {exchange!r}")
    if tag in batch.refused:
        raise NotConfirmed(f"the broker refused a message for {exchange!r}")


@contextmanager
def confirming(uri: str, *, name: str) -> Iterator[ConfirmedBatch]:
    """A connection of its own with a channel in confirm mode."""
    with connected(uri, name=name) as connection:
        yield ConfirmedBatch(connection)
