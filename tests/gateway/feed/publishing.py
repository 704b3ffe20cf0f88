"""Numbered events on the stream."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import amqp
import orjson

from chassis.broker import EVENTS_EXCHANGE, ConfirmedBatch
from contracts.envelope import CONTENT_TYPE, Envelope, source_of
from tests.support.broker import Vhost

DISPATCHED = "ambulance.unit-dispatched.v1"
DRAFTED = "hearse.booking-drafted.v1"


def numbered(vhost: Vhost, numbers: Iterable[int], kind: str = DISPATCHED, **data: Any) -> None:
    """Publish one event for each number (its sequence), confirmed, in order."""
    with vhost.connect() as connection:
        batch = ConfirmedBatch(connection)
        for number in numbers:
            batch.send(_message(envelope(number, kind).headers(), data), EVENTS_EXCHANGE, kind)
        batch.wait()


def envelope(number: int, kind: str = DISPATCHED) -> Envelope:
    """The attributes of the event with this number."""
    source = source_of(kind.partition(".")[0])
    now = datetime.now(UTC)
    return Envelope(
        id=uuid.uuid4(), source=source, type=kind, subject="s", time=now, sequence=number, correlationid="story-1"
    )


def _message(headers: dict[str, str], data: dict[str, Any]) -> amqp.Message:
    body = orjson.dumps(data or {"unit_id": "A-01"})
    return amqp.Message(body, content_type=CONTENT_TYPE, delivery_mode=2, application_headers=headers)
