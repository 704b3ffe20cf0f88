"""The stream to a browser: which topics have changed, a beat every second, and whether the feed is fresh.

It never carries data: the page asks again for what it shows, with the person's own rights.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import orjson
from starlette.responses import Response, StreamingResponse

from ..visit import Visit
from .group import Change, Group
from .hub import Hub

BEAT_SECONDS = 1.0
RETRY_MILLISECONDS = 1000


def stream(visit: Visit, hub: Hub, since: str) -> Response:
    """Open it. `since` is the group's mark when the page was written: another one now is told at once."""
    body = _told(visit.group, hub, since, visit.session.expires_at)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(body, media_type="text/event-stream", headers=headers)


async def _told(group: Group, hub: Hub, since: str, until: float) -> AsyncIterator[bytes]:
    group.begin_listening()
    number, epoch, told = group.number, group.epoch, None
    try:
        yield b"retry: %d\n\n" % RETRY_MILLISECONDS
        if since != group.mark:
            yield frame("resync", {}, group.mark)
        while not hub.closing.is_set():
            if time.time() >= until:
                yield frame("renew", {})
                return
            changes = group.since(number)
            if group.epoch != epoch or changes is None:
                epoch, number = group.epoch, group.number
                yield frame("resync", {}, group.mark)
            elif changes:
                number = group.number
                yield frame("change", _said(changes), group.mark)
            if told != (group.fresh, group.source) or not changes:
                told = group.fresh, group.source
                yield frame("beat", {"fresh": told[0], "source": told[1], "at": int(time.time() * 1000)})
            await group.wait(BEAT_SECONDS)
    finally:
        group.end_listening()


def _said(changes: list[Change]) -> dict[str, object]:
    """`about` is null if one of them says nothing of it."""
    about = sorted(set().union(*(change.about for change in changes)))
    known = all(change.about for change in changes)
    return {"topics": sorted({change.topic for change in changes}), "about": about if known else None}


def frame(event: str, data: dict[str, object], identifier: str = "") -> bytes:
    """One server-sent event."""
    named = b"id: %s\n" % identifier.encode() if identifier else b""
    return named + b"event: %s\ndata: %s\n\n" % (event.encode(), orjson.dumps(data))
