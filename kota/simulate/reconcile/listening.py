"""The whole stream of events read again, until what it tells is what is expected, or nothing more comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from chassis.broker import EVENT_LOG, connect

from .stream import PREFETCH

IDLE_SECONDS = 2.0


def listen(
    amqp_uri: str,
    hear: Callable[[str, str, str], None],
    finished: Callable[[], bool],
    limit: float,
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Call `hear` with id, type and body of each event in its order; at most `limit` seconds."""
    end = now() + limit
    with connect(amqp_uri, name="kota simulate", heartbeat=0) as connection:
        channel = connection.default_channel
        channel.basic_qos(0, PREFETCH, False)

        def take(message: Any) -> None:
            headers = message.headers or {}
            hear(str(headers.get("ce-id")), str(headers.get("ce-type")), message.body)
            message.channel.basic_ack(message.delivery_tag)

        channel.basic_consume(EVENT_LOG, callback=take, arguments={"x-stream-offset": "first"})
        idle = 0
        while now() < end and idle < 2:
            try:
                connection.drain_events(timeout=IDLE_SECONDS)
                idle = 0
            except TimeoutError:
                idle = 2 if finished() else idle + 1
