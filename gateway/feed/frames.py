"""What is written to a listener, as text/event-stream."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from contracts.language import indonesian

from .entry import Entry

HEARTBEAT = b": heartbeat\n\n"


def frames(entries: Iterable[Entry]) -> bytes:
    """The events, one after the other."""
    return b"".join(entry.frame for entry in entries)


def control(event: str, reason: str, **more: str) -> bytes:
    """A word about the feed itself, `resync`, `reauth` or `source`, with the reason in both languages."""
    said = orjson.dumps({"reason": reason, "reason_id": indonesian(reason), **more})
    return b"event: %s\ndata: %s\n\n" % (event.encode(), said)
