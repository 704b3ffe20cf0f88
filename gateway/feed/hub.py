"""One reader of the stream for the whole process, any number of listeners."""

from __future__ import annotations

import asyncio
from collections import deque

from aiormq.abc import AbstractChannel, DeliveredMessage

from chassis.telemetry import logger
from contracts.problems import Unavailable

from .. import metrics
from ..connection import KeptConnection
from .entry import Entry, entry_of, offset_of
from .listener import Listener
from .reader import read_from

log = logger(__name__)
KEPT = 5000
CATCH_UPS = 4
CATCH_UP_SECONDS = 20.0


class Feed:
    """Reads on from where it stopped after every loss of the broker, so listeners see no gap.

    The newest events are kept in memory: most listeners that come back are served from there. One that was away for
    longer gets a reader of its own until it has caught up.
    """

    def __init__(self, amqp_uri: str) -> None:
        self._connection = KeptConnection("feed", amqp_uri, self._opened)
        self._listeners: set[Listener] = set()
        self._kept: deque[Entry] = deque(maxlen=KEPT)
        self._tail: int | None = None
        self._first: int | None = None
        self._catching_up = asyncio.Semaphore(CATCH_UPS)
        self.start = self._connection.start

    @property
    def connected(self) -> bool:
        """True while the stream is being read."""
        return self._connection.connected

    @property
    def tail(self) -> int | None:
        """The newest offset that was read; None before the first event."""
        return self._tail

    @property
    def listeners(self) -> int:
        """How many feeds are open."""
        return len(self._listeners)

    async def stop(self) -> None:
        """End all feeds and close the connection."""
        self.close_listeners()
        await self._connection.stop()

    def close_listeners(self) -> None:
        """End all feeds: a server that shuts down waits for its replies, and these never end by themselves."""
        for listener in self._listeners:
            listener.close()

    def add(self, listener: Listener) -> None:
        """From now on the listener is offered every event."""
        self._listeners.add(listener)
        metrics.LISTENERS.set(len(self._listeners))

    def remove(self, listener: Listener) -> None:
        """The feed has ended."""
        self._listeners.discard(listener)
        metrics.LISTENERS.set(len(self._listeners))

    async def since(self, offset: int, until: int) -> tuple[list[Entry], bool]:
        """The events after `offset` up to `until`, and whether that is all of them (False: some have expired)."""
        if self._first is not None and self._first <= offset + 1:
            return [entry for entry in self._kept if offset < entry.offset <= until], True
        async with self._catching_up:
            return await self._read_again(offset + 1, until)

    async def _read_again(self, first: int, until: int) -> tuple[list[Entry], bool]:
        found: list[Entry] = []
        seen: list[int] = []
        done = asyncio.Event()

        def take(message: DeliveredMessage) -> None:
            offset = offset_of(message)
            if first <= offset <= until and (entry := entry_of(message)) is not None:
                found.append(entry)
            if offset >= first:
                seen.append(offset)
            if offset >= until:
                done.set()

        kept = self._connection.channel
        if kept is None:
            raise Unavailable("the stream of events is not connected", retry_after=2)
        channel = await kept.connection.channel()
        try:
            async with asyncio.timeout(CATCH_UP_SECONDS):
                await read_from(channel, first, take)
                await done.wait()
        except TimeoutError:
            log.warning("feed_catch_up_too_slow", first=first, until=until)
            return found, False
        finally:
            await channel.close()
        return found, seen[0] == first

    async def _opened(self, channel: AbstractChannel) -> None:
        await read_from(channel, "last" if self._tail is None else self._tail + 1, self._on_message)

    def _on_message(self, message: DeliveredMessage) -> None:
        offset = offset_of(message)
        if self._tail is not None and offset <= self._tail:
            return
        entry = entry_of(message)
        self._tail = offset
        metrics.FEED_EVENTS.inc()
        if entry is None:
            log.warning("feed_message_unreadable", offset=offset)
            return
        self._keep(entry)
        for listener in self._listeners:
            listener.offer(entry)

    def _keep(self, entry: Entry) -> None:
        self._kept.append(entry)
        self._first = self._kept[0].offset
