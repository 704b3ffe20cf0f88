"""A listener comes back with the id of the last event that it has: what it missed, or the word to begin anew."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from contracts.problems import Unavailable

from ..connection import LOST
from .catching_up import Slice
from .entry import MARK, Entry
from .frames import control, frames
from .hub import Feed
from .listener import Listener

TAIL_SECONDS = 2.0
UNKNOWN_TEXT = "the Last-Event-ID is not one of this feed"
RENEWED_TEXT = "the stream has begun anew"
UNCERTAIN_TEXT = "events may be missing"
EXPIRED_TEXT = "some events have expired"
_FORM = re.compile(rf"(\d{{1,18}})(?:-([0-9a-f]{{{MARK}}}))?", re.ASCII)


@dataclass(frozen=True)
class LastEvent:
    """The place in the stream, and the mark of the event there; None for an id that is not one of ours, as a browser
    sends it for ever when it has it from somewhere else. An id of an older version has no mark."""

    offset: int | None
    mark: str = ""

    @classmethod
    def of(cls, text: str) -> LastEvent:
        """Read a Last-Event-ID; never raises."""
        match = _FORM.fullmatch(text)
        return cls(int(match[1]), match[2] or "") if match else cls(None)

    def is_at(self, entry: Entry | None) -> bool:
        """True if this is the event."""
        return entry is not None and self.mark in ("", entry.mark)


async def missed(feed: Feed, listener: Listener, last: LastEvent) -> AsyncIterator[bytes]:
    """What came after `last` until now, slice by slice. The listener has begun before the final part is sent, or before
    it is told to read the state anew, so nothing falls in between."""
    reached, reason, verified = last.offset or 0, await _refusal(feed, last), False
    while not (reason or listener.closed or listener.restarted):
        kept = feed.kept_since(reached)
        if kept is not None and (verified or last.is_at(feed.kept_at(reached))):
            listener.begin(feed.shown)
            yield frames(entry for entry in kept if listener.sees(entry))
            return
        begin = reached + 1 if verified else reached  # at first the event that it has, to see that it is the same
        part = await _slice(feed, listener, begin, last)
        reason = _gap(part, begin) or ("" if verified else _other_stream(part, last))
        verified, reached = True, part.reached
        yield frames(entry for entry in part.entries if entry.offset != last.offset and not reason)
    listener.begin(feed.shown)
    if reason:
        yield control("resync", reason)


async def _refusal(feed: Feed, last: LastEvent) -> str:
    """Why it can't be resumed at all; waits a moment for our feed to reach what another gateway has shown already."""
    if last.offset is None:
        return UNKNOWN_TEXT
    end = time.monotonic() + TAIL_SECONDS
    while feed.tail is None or feed.tail < last.offset:
        if time.monotonic() > end:
            return RENEWED_TEXT
        await asyncio.sleep(0.02)
    return ""


async def _slice(feed: Feed, listener: Listener, begin: int, last: LastEvent) -> Slice:
    try:
        return await feed.again(begin, lambda entry: entry.offset == last.offset or listener.sees(entry))
    except (Unavailable, *LOST):
        return Slice()


def _gap(part: Slice, begin: int) -> str:
    if part.first is None:
        return UNCERTAIN_TEXT
    return "" if part.first == begin else EXPIRED_TEXT


def _other_stream(part: Slice, last: LastEvent) -> str:
    same = next((entry for entry in part.entries if entry.offset == last.offset), None)
    return "" if same is None or last.is_at(same) else RENEWED_TEXT
