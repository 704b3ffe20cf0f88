"""A service's dead queue. Looking holds messages unacked and gives them all back; nothing is lost when cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import amqp

from chassis.broker import (
    AGAIN,
    ATTEMPT_HEADER,
    PERSISTENT,
    REASON_HEADER,
    ConfirmedBatch,
    ServiceQueues,
    connect,
    publish_confirmed,
)
from chassis.masking import mask_text


@dataclass(frozen=True)
class Parked:
    """One parked message. `number` is its place in the queue, for those that have no id."""

    number: int
    headers: dict[str, Any]
    body: bytes
    message: Any

    @property
    def id(self) -> str:
        """The event's id, or `#n` for a message that is no event."""
        return str(self.headers.get("ce-id") or f"#{self.number}")

    @property
    def type(self) -> str:
        """The event's type."""
        return str(self.headers.get("ce-type", "?"))

    @property
    def reason(self) -> str:
        """Why it was parked."""
        return mask_text(str(self.headers.get(REASON_HEADER, "?")))

    @property
    def text(self) -> str:
        """The body, masked: a poison message may hold anything."""
        return mask_text(self.body.decode("utf-8", "replace"))

    def let_go(self) -> None:
        """Ack it: it leaves the queue."""
        self.message.channel.basic_ack(self.message.delivery_tag)


@contextmanager
def parked(amqp_uri: str, service: str) -> Iterator[tuple[ConfirmedBatch, list[Parked]]]:
    """All parked messages of a service; those not acked inside go back to the queue."""
    with connect(amqp_uri, name="kota dead") as connection:
        batch = ConfirmedBatch(connection)
        messages = list(_fetch(batch.channel, ServiceQueues(service).dead))
        yield batch, messages
        if messages:
            # Asked and answered: by a mere farewell they would come back a moment later, unseen by the next look.
            batch.channel.basic_recover(requeue=True)


def replay(batch: ConfirmedBatch, service: str, message: Parked) -> None:
    """Send a message back to its handlers with all its tries; it leaves the dead queue once that is confirmed."""
    headers = {key: value for key, value in message.headers.items() if key not in (ATTEMPT_HEADER, REASON_HEADER)}
    copy = amqp.Message(
        message.body, content_type="application/json", delivery_mode=PERSISTENT, application_headers=headers
    )
    publish_confirmed(batch, copy, ServiceQueues(service).delay, AGAIN)
    message.let_go()


def drop(_batch: ConfirmedBatch, _service: str, message: Parked) -> None:
    """Remove a message for good."""
    message.let_go()


def for_each(
    amqp_uri: str, service: str, chosen: Callable[[Parked], bool], act: Callable[[ConfirmedBatch, str, Parked], None]
) -> list[Parked]:
    """Do something with every chosen message, oldest first; returns them."""
    with parked(amqp_uri, service) as (batch, messages):
        done = [message for message in messages if chosen(message)]
        for message in done:
            act(batch, service, message)
        return done


def _fetch(channel: Any, queue: str) -> Iterator[Parked]:
    try:
        channel.queue_declare(queue, passive=True)
    except amqp.NotFound:
        return  # a service that listens to nobody parks nothing, and has no such queue
    # Not as many as the queue says that it holds: that figure lags behind what was given back.
    for number in count(1):
        message = channel.basic_get(queue)
        if message is None:
            return
        body = message.body if isinstance(message.body, bytes) else message.body.encode()
        yield Parked(number, dict(message.headers or {}), body, message)
