"""Whether the broker does its work: it is asked again and again to take over a message that nobody reads.

A broker that is frozen, that a network has swallowed, or that takes nothing because its disk is full looks connected
for a long time. Only an answer shows that it is well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from uuid import uuid4

import amqp
from kombu import Connection

from . import telemetry
from .beats import ANSWER_SECONDS, BEAT_SECONDS, BLOCKED, Beats
from .broker import RPC_EXCHANGE, UNROUTED, ConfirmedBatch, NotConfirmed, ServiceQueues, connected
from .errors import describe
from .supported import rabbitmq_refusal


class Unsupported(Exception):
    """The broker is of a version that the suite was never tried with."""


class Pulse:
    """One per process. `reason` says what is wrong, in a word for operators; empty when all is well."""

    def __init__(self, amqp_uri: str, service: str, on_dead: Callable[[], None] = lambda: None) -> None:
        self._amqp_uri, self._name, self._on_dead = amqp_uri, f"{service} pulse", on_dead
        self._dead = ServiceQueues(service).dead
        self._beats = Beats()

    @property
    def reason(self) -> str:
        """Why the broker can't be relied on at this moment."""
        return self._beats.reason

    @property
    def dispensable(self) -> bool:
        """Whether what needs no broker may go on without it."""
        return self._beats.dispensable

    def beat(self, stopping: threading.Event) -> None:
        """Ask until `stopping`, or until an answer stays out: then raises, to be called again."""
        try:
            with self._connected() as connection:
                if unfit := rabbitmq_refusal(str(connection.connection.server_properties.get("version"))):
                    raise Unsupported(unfit)
                batch = ConfirmedBatch(connection)
                batch.channel.answer_seconds = ANSWER_SECONDS
                while not stopping.is_set():
                    batch.send(amqp.Message("", delivery_mode=1), RPC_EXCHANGE, str(uuid4()))
                    batch.wait(ANSWER_SECONDS)
                    # The first message of a connection is taken even when it is blocked; what follows is not read.
                    telemetry.UNROUTED.set(batch.channel.queue_declare(UNROUTED, passive=True).message_count)
                    self._count_parked(connection)
                    self._beats.answered()
                    stopping.wait(BEAT_SECONDS)
        except Unsupported as error:
            self._beats.away(str(error), unusable=True)
            raise
        except amqp.AccessRefused as error:
            self._beats.away(f"not connected ({describe(error)})", unusable=True)
            raise
        except (NotConfirmed, TimeoutError):
            self._miss(BLOCKED)
            raise
        except Exception as error:
            self._miss(f"not connected ({describe(error)})")
            raise

    def _count_parked(self, connection: Connection) -> None:
        """On a channel of its own: the broker closes the one that asks for a queue that is not there (yet)."""
        with suppress(amqp.NotFound), connection.channel() as channel:
            telemetry.PARKED.set(channel.queue_declare(self._dead, passive=True).message_count)

    def _connected(self) -> AbstractContextManager[Connection]:
        return connected(self._amqp_uri, name=self._name, heartbeat=0, quick=True)

    def _miss(self, wrong: str) -> None:
        if self._beats.missed(wrong):
            self._on_dead()
