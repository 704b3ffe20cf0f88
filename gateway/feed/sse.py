"""The HTTP side of the live feed (server-sent events, WHATWG HTML section 9.2)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import orjson
from joserfc.jws import extract_compact
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from contracts import services
from contracts.problems import FieldError, Forbidden, InvalidRequest, Unavailable

from .. import metrics
from ..security import Authenticator
from ..security.tokens import SKEW_SECONDS
from ..settings import Settings
from .entry import Entry
from .hub import Feed
from .listener import Listener

STREAM_PATH = "/v1/stream"
HEARTBEAT = b": heartbeat\n\n"
RETRY_MS = 2000
TAIL_SECONDS = 2.0


class LiveFeed:
    """`GET /v1/stream`: events of the services that the caller may read. `Last-Event-ID` resumes after that event.

    Besides the events: `resync` (events may be missing: read the state anew), `reauth` (the token has expired: come
    back with a new one and the last id), and a comment as heartbeat.
    """

    path = STREAM_PATH

    def __init__(self, feed: Feed, authenticator: Authenticator, settings: Settings) -> None:
        self._feed, self._authenticator = feed, authenticator
        self._most, self._heartbeat = settings.feed_listeners, settings.heartbeat_seconds

    async def handle(self, http: HttpRequest) -> Response:
        """Open a feed. Raises Forbidden without any read scope, Unavailable when there are too many."""
        http.scope["route"] = self
        authorization = http.headers.get("authorization")
        actor = await self._authenticator.actor(authorization)
        allowed = frozenset(name for name in services() if actor.may(f"{name}:read"))
        if not allowed:
            raise Forbidden("this needs the read scope of a service")
        last = _last_event_id(http)
        if self._feed.listeners >= self._most:
            raise Unavailable("too many open feeds here", retry_after=5)
        if not self._feed.connected:
            raise Unavailable("the stream of events is not connected", retry_after=2)
        stream = self._events(Listener(allowed, actor.rows), expiry_of(authorization or ""), last)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _events(self, listener: Listener, expires_at: float, last: int | None) -> AsyncIterator[bytes]:
        self._feed.add(listener)
        try:
            yield b"retry: %d\n\n" % RETRY_MS
            reached = -1
            if last is not None:
                reached, missed = await self._missed(listener, last)
                yield missed
            async for frames in self._live(listener, expires_at, reached):
                yield frames
        finally:
            self._feed.remove(listener)

    async def _missed(self, listener: Listener, last: int) -> tuple[int, bytes]:
        """What came after `last` until now. The listener is added already: what comes meanwhile waits in its queue."""
        tail = await self._tail_at_least(last)
        if tail is None or tail < last:
            return -1, _control("resync", "the stream has begun anew")
        if tail == last:
            return tail, b""
        entries, complete = await self._feed.since(last, tail)
        gap = b"" if complete else _control("resync", "some events have expired")
        return tail, gap + _frames(entries, listener)

    async def _tail_at_least(self, offset: int) -> int | None:
        """The newest offset; waits a moment for ours to reach what another gateway has shown already."""
        end = time.monotonic() + TAIL_SECONDS
        while (tail := self._feed.tail) is None or tail < offset:
            if time.monotonic() > end:
                break
            await asyncio.sleep(0.02)
        return tail

    async def _live(self, listener: Listener, expires_at: float, reached: int) -> AsyncIterator[bytes]:
        while not listener.closed:
            entries = await listener.take(min(self._heartbeat, max(0.0, expires_at - time.time())))
            if time.time() >= expires_at:  # what waits is not lost: the client comes back with its last id
                yield _control("reauth", "the access token has expired")
                return
            fresh = [entry for entry in entries if entry.offset > reached]
            yield b"".join(entry.frame for entry in fresh) or HEARTBEAT
            if listener.dropped:
                metrics.FEED_DROPPED.inc()
                yield _control("resync", "too slow: events were left out")
                return


def _frames(entries: list[Entry], listener: Listener) -> bytes:
    return b"".join(entry.frame for entry in entries if listener.sees(entry))


def _control(event: str, reason: str) -> bytes:
    return f'event: {event}\ndata: {{"reason":"{reason}"}}\n\n'.encode()


def expiry_of(authorization: str) -> float:
    """Until when (Unix seconds) the feed of this token, which was verified already, may go on."""
    claims = orjson.loads(extract_compact(authorization.partition(" ")[2].strip().encode()).payload)
    return float(claims["exp"]) + SKEW_SECONDS


def _last_event_id(http: HttpRequest) -> int | None:
    sent = http.headers.get("last-event-id")
    if not sent:
        return None
    if not (sent.isascii() and sent.isdigit() and len(sent) < 19):
        wrong = "is not the id of an event of this feed"
        raise InvalidRequest(
            errors=(
                FieldError(pointer="/header/Last-Event-ID", code="unknown", detail=wrong, fix="send the last `id:`"),
            )
        )
    return int(sent)
