"""Reading the stream again for a listener that was away for longer than our memory reaches, in bounded slices.

A gap may hold a week of events of which the listener may see few: what it may not see is never kept, and no more than
a slice is in memory, however long the gap is and however slowly the listener reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiormq.abc import AbstractConnection, DeliveredMessage

from chassis.telemetry import logger

from .entry import Entry, entry_of, offset_of
from .reader import read_from

log = logger(__name__)
SLICE = 500
SLICE_SECONDS = 20.0
FIRST_SECONDS, QUIET_SECONDS = 1.0, 0.2


@dataclass
class Slice:
    """A part of a gap: the entries that are wanted, and the offsets between which they were sought. `first` is None
    when the stream gave nothing."""

    entries: list[Entry] = field(default_factory=list)
    first: int | None = None
    reached: int = -1


async def read_slice(
    connection: AbstractConnection, begin: int, until: int, wanted: Callable[[Entry], bool], most: int = SLICE
) -> Slice:
    """Up to `most` wanted entries from the offset `begin` to `until`; an incomplete slice after 20 s."""
    part, done = Slice(), asyncio.Event()

    def take(message: DeliveredMessage) -> bool:
        offset = offset_of(message)
        if offset < begin or done.is_set():
            return not done.is_set()  # a stream hands out whole chunks: they may begin before, and go on after
        part.first = offset if part.first is None else part.first
        if offset <= until and (entry := entry_of(message)) is not None and wanted(entry):
            part.entries.append(entry)
        part.reached = min(offset, until)
        if offset >= until or len(part.entries) >= most:
            done.set()
        return not done.is_set()

    channel = await connection.channel()
    try:
        async with asyncio.timeout(SLICE_SECONDS):
            await read_from(channel, begin, take)
            await done.wait()
    except TimeoutError:
        log.warning("feed_catch_up_slow", begin=begin, reached=part.reached, until=until)
    finally:
        await channel.close()
    return part


async def newest_offset(connection: AbstractConnection) -> int | None:
    """The highest offset; None for an empty stream, or one that does not hand out anything in a second."""
    seen: list[int] = []
    channel = await connection.channel()
    try:
        await read_from(channel, "last", lambda message: seen.append(offset_of(message)))
        for wait in (FIRST_SECONDS, QUIET_SECONDS):  # the newest chunk, until it is over
            before = -1
            while before != len(seen):
                before = len(seen)
                await asyncio.sleep(wait)
            if not seen:
                break
    finally:
        await channel.close()
    return max(seen, default=None)
