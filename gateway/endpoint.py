"""The path of one request through the gateway: who, how much, what, to whom, and back."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from prometheus_client import Counter, Histogram
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from chassis.telemetry import current_traceparent, logger, span, story
from contracts.context import Actor, Context
from contracts.problems import FieldError, Forbidden, Internal, InvalidRequest, KeyMissing, Problem

from .limits import Limiter
from .problems import language_of, problem_response
from .requests import read_request
from .rpc import RpcClient, deadline
from .security import Authenticator
from .table import Route

log = logger(__name__)
REQUESTS = Counter("kota_http_requests_total", "HTTP requests", ("method", "route", "status"))
SECONDS = Histogram(
    "kota_http_request_seconds",
    "Time to the reply",
    ("method", "route"),
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
KEY = re.compile(r"[\x21-\x7e]{1,255}")
MUST_SEND_KEY = "super_app"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Doors:
    """What every endpoint needs."""

    authenticator: Authenticator
    limiter: Limiter
    rpc: RpcClient


def endpoint(doors: Doors, route: Route) -> Callable[[HttpRequest], Awaitable[Response]]:
    """The ASGI endpoint of one row of the table."""

    async def handle(http: HttpRequest) -> Response:
        started = time.perf_counter()
        correlation_id = correlation_of(http)
        try:
            with story(correlation_id=correlation_id), span(f"{route.method} {route.path}", http.headers.get("traceparent")):
                content = await _forward(doors, route, http, correlation_id)
            response = Response(content, route.status, _headers(correlation_id), "application/json")
        except Problem as problem:
            response = refuse(http, problem, correlation_id)
        except Exception:
            log.exception("request_failed", operation=route.operation, correlation_id=correlation_id)
            response = refuse(http, Internal(), correlation_id)
        REQUESTS.labels(route.method, route.path, response.status_code).inc()
        SECONDS.labels(route.method, route.path).observe(time.perf_counter() - started)
        return response

    return handle


def refuse(http: HttpRequest, problem: Problem, correlation_id: str, **headers: str) -> Response:
    """The problem reply to this request."""
    language = language_of(http.headers.get("accept-language"))
    return problem_response(
        problem, language=language, instance=http.url.path, correlation_id=correlation_id, **_headers(correlation_id), **headers
    )


def correlation_of(http: HttpRequest) -> str:
    """The caller's X-Correlation-Id if it is a UUID, else a new one."""
    try:
        return str(uuid.UUID(http.headers.get("x-correlation-id", "")))
    except ValueError:
        return str(uuid.uuid4())


async def _forward(doors: Doors, route: Route, http: HttpRequest, correlation_id: str) -> bytes:
    actor = await doors.authenticator.actor(http.headers.get("authorization"), http.headers.get("citizen-token"))
    doors.limiter.check(actor.client or actor.subject, route.operation)
    if not actor.may(route.scope):
        raise Forbidden(f"this needs the scope {route.scope}", scope=route.scope)
    key = _idempotency_key(http, route, actor)
    request = await read_request(http, route)
    context = Context(
        actor=actor,
        correlation_id=correlation_id,
        request_id=str(uuid.uuid4()),
        deadline=deadline(route.timeout),
        idempotency_key=key,
        resource=f"{route.method} {http.url.path}",
        purpose=http.headers.get("purpose"),
        traceparent=current_traceparent(http.headers.get("traceparent")),
    )
    return await doors.rpc.call(route.operation, request.model_dump_json().encode(), context, route.timeout)


def _idempotency_key(http: HttpRequest, route: Route, actor: Actor) -> str | None:
    if route.reads:
        return None
    key = http.headers.get("idempotency-key")
    if key is None:
        if route.method == "POST" and MUST_SEND_KEY in actor.roles:
            raise KeyMissing("send an Idempotency-Key with every POST, the same one when you try again")
        return None
    if not KEY.fullmatch(key):
        error = FieldError(
            pointer="/header/Idempotency-Key", code="format", detail="not 1 to 255 printable ASCII characters", fix="send a UUID"
        )
        raise InvalidRequest(errors=(error,))
    return key


def _headers(correlation_id: str) -> dict[str, str]:
    return {**HEADERS, "X-Correlation-Id": correlation_id}
