"""What is written to a listener, as text/event-stream."""

from __future__ import annotations

from collections.abc import Iterable

from .entry import Entry

HEARTBEAT = b": heartbeat\n\n"


def frames(entries: Iterable[Entry]) -> bytes:
    """The events, one after the other."""
    return b"".join(entry.frame for entry in entries)


def control(event: str, reason: str) -> bytes:
    """A word about the feed itself: `resync` or `reauth`."""
    return f'event: {event}\ndata: {{"reason":"{reason}"}}\n\n'.encode()
