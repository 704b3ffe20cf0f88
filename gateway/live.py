"""GET /v1/stream: live events as they happen, as server-sent events, resumable by Last-Event-ID."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from contracts.problems import FieldError, Forbidden, InvalidRequest, Problem

from .endpoint import HEADERS, Doors, correlation_of, refuse
from .feed import Feed, topics


def live_feed(doors: Doors, feed: Feed) -> Callable[[HttpRequest], Awaitable[Response]]:
    """The endpoint of the live feed: each listener sees the event types that its scopes cover."""

    async def handle(http: HttpRequest) -> Response:
        correlation_id = correlation_of(http)
        try:
            actor = await doors.authenticator.actor(http.headers.get("authorization"), http.headers.get("citizen-token"))
            if not any(scope.endswith(":read") for scope in actor.scopes):
                raise Forbidden("this needs a scope such as ambulance:read")
            events = feed.listen(topics(actor), _last_event_id(http))
        except Problem as problem:
            return refuse(http, problem, correlation_id)
        headers = {**HEADERS, "X-Correlation-Id": correlation_id, "X-Accel-Buffering": "no"}
        return StreamingResponse(events, headers=headers, media_type="text/event-stream")

    return handle


def _last_event_id(http: HttpRequest) -> int | None:
    text = http.headers.get("last-event-id")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):  # noqa: PLR2004
        error = FieldError(pointer="/header/Last-Event-ID", code="format", detail="not an id of this feed", fix="send the last `id:` received")
        raise InvalidRequest(errors=(error,))
    return int(text)
