"""One open feed: what it may see, and what waits to be sent to it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from .entry import Entry

MOST_WAITING = 1000


class Source(StrEnum):
    """Where events come from: the broker's stream, or the services themselves while it is away."""

    STREAM = "stream"
    SERVICES = "services"


class Listener:
    """A bounded queue. A listener that does not keep up is dropped, so that it cannot fill our memory."""

    def __init__(self, services: frozenset[str], rows: Mapping[str, tuple[str, ...]]) -> None:
        self._services, self._rows = services, rows
        self._waiting: deque[Entry] = deque()
        self._wake = asyncio.Event()
        self.live = False
        self.dropped = False
        self.closed = False
        self.restarted = False
        self.told_source = Source.STREAM
        self._began_at = 0

    def sees(self, entry: Entry) -> bool:
        """True if the scopes and row limits of the listener cover the event."""
        return entry.service in self._services and (not self._rows or entry.concerns(self._rows))

    def offer(self, entry: Entry) -> None:
        """Queue an event, unless the listener may not see it."""
        if not self.live or self.dropped or not self.sees(entry):
            return
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self.dropped = True
        else:
            self._waiting.append(entry)
        self._wake.set()

    def begin(self, shown: int) -> None:
        """It has caught up: from now on it is offered what comes. `shown`: how much the services had told by then."""
        self.live, self._began_at = True, shown

    def has_seen(self, number: int) -> bool:
        """True if it was here when the services told what came as that number."""
        return self.live and number > self._began_at

    def wake(self) -> None:
        """Something is to be told that is no event."""
        self._wake.set()

    def restart(self) -> None:
        """The stream has begun anew: what waits is of the old one."""
        self.restarted = True
        self._waiting.clear()
        self._wake.set()

    def close(self) -> None:
        """End the feed: the gateway stops."""
        self.closed = True
        self._wake.set()

    async def take(self, seconds: float) -> list[Entry]:
        """What waits; an empty list after `seconds` without news."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()
        taken = list(self._waiting)
        self._waiting.clear()
        return taken
