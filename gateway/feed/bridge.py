"""While the broker is away: events straight from the services, so that a live board does not stand still.

They have no place in the stream yet, so their frames carry no id: who comes back resumes where the stream stood. Each
comes by the stream, too, when the broker is back; who has seen it is then only told its place.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import orjson
from pydantic import ValidationError
from uuid_utils import uuid4

from chassis.direct.wire import UNPUBLISHED, Unpublished, Waiting
from chassis.repeated import Repeated
from chassis.telemetry import logger
from contracts.context import SYSTEM, Context
from contracts.problems import Problem

from ..direct import DirectClient
from ..rpc import result_of
from .entry import Entry, waiting_entry
from .hub import Feed
from .listener import Source

log = logger(__name__)
LOOK_SECONDS = 0.5
ASK_SECONDS = 3.0
OVERLAP = 500
"""Places in the outbox that are asked for again: sequence numbers commit out of order."""
REMEMBERED = 5000


class Bridge:
    """Looks whether the stream tells what happens, and asks every service twice a second while it does not."""

    def __init__(self, feed: Feed, direct: DirectClient, broker_answers: Callable[[], bool]) -> None:
        self._feed, self._direct, self._broker_answers = feed, direct, broker_answers
        self._reached: dict[str, int] = {}
        self._seen: set[str] = set()
        self._order: deque[str] = deque()
        self._told = Repeated()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        if self._direct.services:
            self._task = asyncio.create_task(self._run(), name="events from the services")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            away = not self._feed.connected or not self._broker_answers()
            if away or self._feed.source is Source.SERVICES:
                if away:
                    self._feed.turn_to(Source.SERVICES)
                await asyncio.gather(*map(self._ask, self._direct.services))
                if not away:  # asked once more: the relays of the services may need a moment
                    self._feed.turn_to(Source.STREAM)
                    self._reached.clear()

    async def _ask(self, service: str) -> None:
        after = max(self._reached.get(service, 0) - OVERLAP, 0)
        context = Context(
            actor=SYSTEM, correlation_id="feed", request_id=str(uuid4()), deadline=time.time() + ASK_SECONDS
        )
        try:
            async with asyncio.timeout(ASK_SECONDS):
                body = orjson.dumps({"after": after})
                reply = await self._direct.call(f"{service}.{UNPUBLISHED}", body, context.model_dump_json().encode())
            waiting = Unpublished.model_validate_json(result_of(reply)).events
        except (Problem, TimeoutError, ValidationError) as error:
            if self._told.is_news(service, type(error).__name__):
                log.warning("service_tells_no_events", service=service, reason=type(error).__name__)
            return
        for each in waiting:
            self._reached[service] = max(self._reached.get(service, 0), each.seq)
            if (entry := self._new(each)) is not None:
                self._feed.show(entry)

    def _new(self, waiting: Waiting) -> Entry | None:
        entry = waiting_entry(waiting.headers, waiting.body)
        if entry is None or entry.id in self._seen:
            return None
        self._seen.add(entry.id)
        self._order.append(entry.id)
        if len(self._order) > REMEMBERED:
            self._seen.discard(self._order.popleft())
        return entry
