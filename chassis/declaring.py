"""A service's own queues, as it declares them each time it connects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import amqp

from contracts.envelope import listening_key

from . import telemetry
from .broker import AGAIN, DEAD, EVENTS_EXCHANGE, UNLIMITED_DELIVERIES, ServiceQueues, waiting_time

log = telemetry.logger(__name__)


def declare_queues(
    connection: Any, queues: ServiceQueues, types: Iterable[str], retry_seconds: tuple[float, ...]
) -> None:
    """Declare a service's own queues and bind them to exactly the types it subscribes to.

    Quorum queues with at-least-once dead-lettering: a message that waits for its retry survives the loss of a node.
    A queue that an older version declared stays as it is. `connection` is py-amqp's.
    """
    _quorum(connection, queues.events)
    _quorum(connection, queues.dead)
    for seconds in retry_seconds:
        _quorum(
            connection,
            queues.retry(seconds),
            {
                "x-message-ttl": round(seconds * 1000),
                "x-dead-letter-exchange": queues.delay,
                "x-dead-letter-routing-key": AGAIN,
                "x-dead-letter-strategy": "at-least-once",
                "x-overflow": "reject-publish",
            },
        )
    channel = connection.channel()
    channel.exchange_declare(queues.delay, "direct", durable=True, auto_delete=False)
    channel.queue_bind(queues.events, queues.delay, AGAIN)
    channel.queue_bind(queues.dead, queues.delay, DEAD)
    for seconds in retry_seconds:
        channel.queue_bind(queues.retry(seconds), queues.delay, waiting_time(seconds))
    for event_type in types:
        key = listening_key(event_type, queues.service)
        channel.queue_bind(queues.events, EVENTS_EXCHANGE, key)
        if key != event_type:  # as an older version listened: the copy without what is sealed could come first
            channel.queue_unbind(queues.events, EVENTS_EXCHANGE, event_type)
    channel.close()


def _quorum(connection: Any, name: str, arguments: dict[str, Any] | None = None) -> None:
    wanted = {"x-queue-type": "quorum", "x-delivery-limit": UNLIMITED_DELIVERIES, **(arguments or {})}
    channel = connection.channel()
    try:
        channel.queue_declare(name, durable=True, auto_delete=False, arguments=wanted)
        channel.close()
    except amqp.PreconditionFailed:  # the refusal closed the channel
        log.info("queue_kept_as_declared_before", queue=name)
