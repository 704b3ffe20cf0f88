"""Reading the stream of all events from a point in time on, as the operator's broker user."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from chassis.broker import EVENT_LOG, connect

PREFETCH = 500
IDLE_SECONDS = 5.0
"""When nothing came for so long, the end of the stream is taken to be reached."""


def count_ids(
    amqp_uri: str, since: datetime, wanted: Collection[str], limit: float, now: Callable[[], float] = time.monotonic
) -> Counter[str]:
    """How often each event id stands in the stream since a moment; at most `limit` seconds of reading."""
    seen: Counter[str] = Counter()
    end = now() + limit
    with connect(amqp_uri, name="kota simulate", heartbeat=0) as connection:
        channel = connection.default_channel
        channel.basic_qos(0, PREFETCH, False)

        def take(message: Any) -> None:
            seen[str((message.headers or {}).get("ce-id", ""))] += 1
            message.channel.basic_ack(message.delivery_tag)

        channel.basic_consume(EVENT_LOG, callback=take, arguments={"x-stream-offset": since})
        try:
            while now() < end:
                connection.drain_events(timeout=_patience(seen, wanted))
        except TimeoutError:  # the end is reached
            return seen
    return seen


def _patience(seen: Counter[str], wanted: Collection[str]) -> float:
    """Short once all is there: only later doubles can still come."""
    return 1.0 if all(id in seen for id in wanted) else IDLE_SECONDS
