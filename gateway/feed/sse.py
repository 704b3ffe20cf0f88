"""The HTTP side of the live feed (server-sent events, WHATWG HTML section 9.2)."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import orjson
from joserfc.jws import extract_compact
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from contracts import services
from contracts.problems import Forbidden, Unauthenticated, Unavailable

from .. import metrics
from ..security import Authenticator
from ..security.tokens import SKEW_SECONDS
from ..settings import Settings
from .frames import HEARTBEAT, control, frames
from .hub import Feed
from .listener import Listener, Source
from .resuming import LastEvent, missed

STREAM_PATH = "/v1/stream"
RETRY_MS = 2000
SOURCES = {
    Source.STREAM: "events come over the broker again",
    Source.SERVICES: "the broker is away: events come straight from the services",
}


@dataclass
class Standing:
    """By what right a feed is open: the token, until when it is good, and which keys it was checked with."""

    authorization: str | None
    expires_at: float
    generation: int


class LiveFeed:
    """`GET /v1/stream`: events of the services that the caller may read. `Last-Event-ID` resumes after that event.

    Besides the events: `resync` (events may be missing: read the state anew), `reauth` (the token has expired, or its
    key was withdrawn: come back with a new one and the last id), `source` (where events come from now: `stream`, or
    `services` while the broker is away; these have no id), and a comment as heartbeat.
    """

    path = STREAM_PATH

    def __init__(self, feed: Feed, authenticator: Authenticator, settings: Settings) -> None:
        self._feed, self._authenticator = feed, authenticator
        self._most, self._heartbeat = settings.feed_listeners, settings.heartbeat_seconds

    async def handle(self, http: HttpRequest) -> Response:
        """Open a feed. Raises Forbidden without any read scope, Unavailable when there are too many."""
        http.scope["route"] = self
        authorization = http.headers.get("authorization")
        generation = self._authenticator.generation
        actor = await self._authenticator.actor(authorization)
        allowed = frozenset(name for name in services() if actor.may(f"{name}:read"))
        if not allowed:
            raise Forbidden("this needs the read scope of a service")
        if self._feed.listeners >= self._most:
            raise Unavailable("too many open feeds here", retry_after=5)
        if not self._feed.connected and self._feed.source is Source.STREAM:
            raise Unavailable("the stream of events is not connected", retry_after=2)
        sent = http.headers.get("last-event-id")
        standing = Standing(authorization, expiry_of(authorization or ""), generation)
        stream = self._events(Listener(allowed, actor.rows), standing, LastEvent.of(sent) if sent else None)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _events(self, listener: Listener, standing: Standing, last: LastEvent | None) -> AsyncIterator[bytes]:
        self._feed.add(listener)
        try:
            yield b"retry: %d\n\n" % RETRY_MS
            if last is None:
                listener.begin(self._feed.shown)
            else:
                async for part in missed(self._feed, listener, last):
                    yield part
            async for part in self._live(listener, standing):
                yield part
        finally:
            self._feed.remove(listener)

    async def _live(self, listener: Listener, standing: Standing) -> AsyncIterator[bytes]:
        while not listener.closed:
            entries = await listener.take(min(self._heartbeat, max(0.0, standing.expires_at - time.time())))
            if time.time() >= standing.expires_at:  # what waits is not lost: the client comes back with its last id
                yield control("reauth", "the access token has expired")
                return
            if await self._withdrawn(standing):
                yield control("reauth", "the access token is no longer accepted")
                return
            if listener.restarted:
                listener.restarted = False
                yield control("resync", "the stream has begun anew")
            if listener.told_source is not self._feed.source:
                listener.told_source = self._feed.source
                yield control("source", SOURCES[self._feed.source], source=self._feed.source)
            yield frames(entries) or HEARTBEAT
            if listener.dropped:
                metrics.FEED_DROPPED.inc()
                yield control("resync", "too slow: events were left out")
                return

    async def _withdrawn(self, standing: Standing) -> bool:
        """True if the issuer has withdrawn or replaced keys since, and the token's is among them."""
        self._authenticator.keep_keys_fresh()
        if standing.generation == self._authenticator.generation:
            return False
        standing.generation = self._authenticator.generation
        try:
            await self._authenticator.actor(standing.authorization)
        except Unauthenticated:
            return True
        except Unavailable:
            standing.generation = -1  # not known: asked again with the next event or heartbeat
        return False


def expiry_of(authorization: str) -> float:
    """Until when (Unix seconds) the feed of this token, which was verified already, may go on."""
    claims = orjson.loads(extract_compact(authorization.partition(" ")[2].strip().encode()).payload)
    return float(claims["exp"]) + SKEW_SECONDS
