"""The base of a service: declares what it answers, what it listens to and which timers it handles.

class Hearse(Service):
    name = "hearse"
    get_booking = answers(GetBooking, handlers.get_booking)
    on_death = subscribe("ambulance.patient-deceased.v1", handlers.draft_from_death)
    hold_ended = on_timer("hold-ended", handlers.release_hold)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from kombu import Exchange, Queue
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import DependencyProvider, Entrypoint
from nameko.rpc import RpcConsumer
from prometheus_client import Gauge

from contracts.base import Request
from contracts.problems import NotFound

from . import failpoints, telemetry
from .answering import Expired, Handler, answer, answer_to, error_reply
from .background import Background
from .broker import RPC_EXCHANGE, ServiceQueues
from .consumer import OwnQueueConsumer, subscribe
from .direct.door import Door
from .errors import BROKER_FAULTS, describe
from .timers import Timer
from .work import Work

log = telemetry.logger(__name__)
REPLY_KEY = re.compile(r"[0-9a-f-]{36}")

__all__ = ["Service", "answers", "on_timer", "subscribe"]


class RequestQueueConsumer(OwnQueueConsumer):
    """The requests' own connection."""


class RequestConsumer(RpcConsumer):  # type: ignore[misc]
    """nameko's RPC consumer with a queue that vanishes with the service, and replies on the request's own channel."""

    queue_consumer = RequestQueueConsumer()

    def setup(self) -> None:
        """nameko: before start."""
        names = ServiceQueues(self.container.service_name)
        self.prefetch = self.container.config["settings"].rpc_prefetch
        exchange = Exchange(RPC_EXCHANGE, type="topic", durable=True, no_declare=True)
        self.queue = Queue(names.requests, exchange, f"{names.service}.*", durable=True, auto_delete=True)
        self.queue_consumer.register_provider(self)
        self._registered = True

    def declare(self, _channel: Any) -> None:
        """The queue is declared by consuming from it."""

    def handle_message(self, message: Any) -> None:
        """Start a worker for a request; an unknown operation is answered at once."""
        operation = message.delivery_info["routing_key"].partition(".")[2]
        provider = next((p for p in self._providers if p.method_name == operation), None)
        if provider is None:
            reply(message, error_reply(NotFound(f"{self.container.service_name} has no operation {operation!r}")))
            return
        try:
            self.container.spawn_worker(provider, (message,), {}, handle_result=partial(self._reply, message))
        except ContainerBeingKilled:
            message.requeue()

    @staticmethod
    def _reply(message: Any, _worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        reply(message, result if exc_info is None else None)  # Expired: nobody waits
        return None, None


def reply(message: Any, body: bytes | None) -> None:
    """Send a reply, if there is one, on the channel that brought the request, then ack: one socket, no confirm.

    A reply that is lost with the connection is made up for by the caller's retry with the same Idempotency-Key. A
    caller that says nowhere to answer gets none: publishing there would cost the channel, and all others their replies.
    """
    channel, properties = message.channel, message.properties
    try:
        if body is not None and REPLY_KEY.fullmatch(str(properties.get("reply_to"))):
            _publish_reply(channel, properties, body)
        elif body is not None:
            log.warning("reply_address_unusable", operation=message.delivery_info["routing_key"])
        failpoints.reach(failpoints.BEFORE_ACK)
        message.ack()
    except BROKER_FAULTS as error:
        log.warning("reply_lost", reason=describe(error))


def _publish_reply(channel: Any, properties: dict[str, Any], body: bytes) -> None:
    prepared = channel.prepare_message(
        body,
        content_type="application/json",
        content_encoding="utf-8",
        properties={"correlation_id": properties.get("correlation_id"), "delivery_mode": 1},
    )
    channel.basic_publish(prepared, exchange=RPC_EXCHANGE, routing_key=properties["reply_to"])


class Answer(Entrypoint):  # type: ignore[misc]
    """nameko entrypoint of one operation."""

    expected_exceptions = (Expired,)
    consumer = RequestConsumer()
    door = Door()

    def __init__(self, model: type[Request], handler: Handler, **options: Any) -> None:
        self.model, self.handler = model, handler
        super().__init__(**options)

    def setup(self) -> None:
        """nameko: before start. The attribute must bear the operation's name."""
        expected = f"{self.container.service_name}.{self.method_name}"
        if self.model.operation != expected:
            raise TypeError(f"{self.model.__name__} is operation {self.model.operation}, not {expected}")
        self.consumer.register_provider(self)
        self.door.register_provider(self)

    def stop(self) -> None:
        """nameko: the shared consumer and the door stop for all."""
        self.door.close()
        self.door.unregister_provider(self)
        self.consumer.unregister_provider(self)

    def answer_direct(self, context: str, body: bytes) -> bytes:
        """The reply to a request that came by the door. Raises Expired."""
        return answer_to(self.container.config["runtime"], self.model, self.handler, context, body)


def answers(model: type[Request], handler: Handler) -> Any:
    """Declare which handler answers a request; the attribute's name is the operation's."""

    def method(self: Any, message: Any) -> bytes:
        body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
        return answer(self.runtime, model, handler, message.headers or {}, body)

    return Answer.decorator(model, handler)(method)


class OnTimer(DependencyProvider):  # type: ignore[misc]
    """Binds a kind of timer to its handler."""

    def __init__(self, kind: str, handler: Callable[[Work, Timer], None]) -> None:
        self.kind, self.handler = kind, handler

    def setup(self) -> None:
        """nameko: before start."""
        self.container.config["timer_handlers"][self.kind] = self.handler


on_timer = OnTimer


class Service:
    """What every service class derives from."""

    name: str
    runtime = Background()
    gauges: tuple[tuple[Gauge, str], ...] = ()
    """What of the business is measured every few seconds: a gauge, and a query for one number."""

    @classmethod
    def unfit(cls) -> str | None:
        """Why this service must not start with its settings, if there is a reason."""
        return None

    @classmethod
    def unfit_for_production(cls) -> str | None:
        """Why this service must not start with KOTA_ENV=production, if there is a reason."""
        return None
