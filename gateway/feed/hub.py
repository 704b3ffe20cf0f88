"""One reader of the stream for the whole process, any number of listeners."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

from aiormq.abc import AbstractChannel, DeliveredMessage

from chassis.telemetry import logger
from contracts.problems import Unavailable

from .. import metrics
from ..connection import LOST, KeptConnection
from .catching_up import Slice, newest_offset, read_slice
from .entry import Entry, entry_of, offset_of
from .listener import Listener, Source
from .reader import read_from

log = logger(__name__)
KEPT = 5000
REMEMBERED = 50_000
"""Events that the services told of while the broker was away: of an hour, so that none is shown a second time."""
CATCH_UPS = 4
SILENCE_SECONDS = 1.0
"""How long a stream may take to hand out an event that it has, before we look whether it is another one."""


class Feed:
    """Reads on from where it stopped after every loss of the broker, so listeners see no gap.

    The newest events are kept in memory: most listeners that come back are served from there. One that was away for
    longer gets a reader of its own until it has caught up.
    """

    def __init__(self, amqp_uri: str) -> None:
        self._connection = KeptConnection("feed", amqp_uri, self._opened)
        self._listeners: set[Listener] = set()
        self._kept: deque[Entry] = deque(maxlen=KEPT)
        self._known: set[str] = set()
        self._tail: int | None = None
        self._first: int | None = None
        self._asked: int | None = None
        self._watch: asyncio.Task[None] | None = None
        self._catching_up = asyncio.Semaphore(CATCH_UPS)
        self._shown: OrderedDict[str, int] = OrderedDict()
        self.shown = 0
        self.source = Source.STREAM
        self.start = self._connection.start

    @property
    def connection(self) -> KeptConnection:
        """Its connection, to be watched."""
        return self._connection

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
        if self._watch is not None:
            self._watch.cancel()
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

    def kept_since(self, offset: int) -> list[Entry] | None:
        """The events after `offset`, if all of them are in memory."""
        if self._tail == offset:
            return []
        if self._first is None or self._first > offset + 1:
            return None
        return [entry for entry in self._kept if entry.offset > offset]

    def kept_at(self, offset: int) -> Entry | None:
        """The event at this offset, if it is in memory."""
        return next((entry for entry in self._kept if entry.offset == offset), None)

    def turn_to(self, source: Source) -> None:
        """From now on events come from there; listeners are told."""
        if source is self.source:
            return
        self.source = source
        metrics.FEED_SOURCE.set(source is Source.SERVICES)
        log.warning("feed_source", source=source)
        for listener in self._listeners:
            listener.wake()

    def show(self, entry: Entry) -> None:
        """An event that is not in the stream yet, as far as its service knows: a confirm may have been lost."""
        if entry.id in self._known:
            return
        self.shown += 1
        self._shown[entry.id] = self.shown
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
        for listener in self._listeners:
            listener.offer(entry)

    async def again(self, begin: int, wanted: Callable[[Entry], bool]) -> Slice:
        """A slice of what is no longer in memory. Raises Unavailable while the stream is not connected."""
        kept, until = self._connection.channel, self._tail
        if kept is None or until is None:
            raise Unavailable("the stream of events is not connected", retry_after=2)
        async with self._catching_up:
            return await read_slice(kept.connection, begin, until, wanted)

    async def _opened(self, channel: AbstractChannel) -> None:
        self._asked = self._tail
        await read_from(channel, "last" if self._asked is None else self._asked, self._on_message)
        if self._asked is not None:
            self._watch = asyncio.create_task(self._watch_for_renewal(channel), name="look whether the stream is new")

    async def _watch_for_renewal(self, channel: AbstractChannel) -> None:
        """We asked for an event that we have. A stream that ends before it is another one: read that from its begin."""
        with suppress(*LOST):
            while self._connection.channel in (None, channel) and self._asked is not None:
                await asyncio.sleep(SILENCE_SECONDS)
                newest = await newest_offset(channel.connection)
                if self._asked is not None and (newest is None or newest < self._asked):
                    self._restart()
                    await read_from(channel, "first", self._on_message)

    def _restart(self) -> None:
        log.warning("stream_has_begun_anew", after=self._tail)
        self._tail = self._first = self._asked = None
        self._kept.clear()
        self._known.clear()
        for listener in self._listeners:
            listener.restart()

    def _on_message(self, message: DeliveredMessage) -> None:
        offset, entry = offset_of(message), entry_of(message)
        if self._asked is not None:
            if offset < self._asked:
                return  # of the same chunk; or of a new stream, which is found out soon
            if not self._has_before(offset, entry):
                self._restart()
            self._asked = None
        if self._tail is not None and offset <= self._tail:
            return
        self._tail = offset
        metrics.FEED_EVENTS.inc()
        if entry is None:
            log.warning("feed_message_unreadable", offset=offset)
            return
        again = entry.id in self._known  # published a second time, because its confirm was lost
        self._keep(entry)
        number = self._shown.get(entry.id, 0)
        for listener in self._listeners:
            seen = again or (number and listener.has_seen(number))
            listener.offer(entry.place if seen else entry)

    def _has_before(self, offset: int, entry: Entry | None) -> bool:
        """True if this is the event that we asked for, as we know it."""
        known = self.kept_at(offset)
        return offset == self._asked and (known is None or entry is None or known.mark == entry.mark)

    def _keep(self, entry: Entry) -> None:
        if len(self._kept) == KEPT:
            self._known.discard(self._kept[0].id)
        self._known.add(entry.id)
        self._kept.append(entry)
        self._first = self._kept[0].offset
