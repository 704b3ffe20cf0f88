"""What happens to a request of a table's row: who, how often, what, to whom, and back."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from uuid_utils import uuid4

from chassis import telemetry
from contracts.context import Actor, Context
from contracts.problems import FieldError, InvalidRequest, KeyMissing, Problem

from .calling import Caller
from .conditions import etag
from .files import answers_file, as_file
from .limits import Limiter
from .requests import read_request, relocate
from .security import Authenticator, authorize
from .security.actors import ANYBODY
from .security.roles import PUBLIC, SUPER_APP
from .settings import Settings
from .table import Route
from .uploads import Uploads, salt_of

PURPOSE_LENGTH = 200
PRINTABLE = re.compile(r"^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$")
TRACEPARENT = re.compile(r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")


class Endpoint:
    """The one handler of all rows."""

    def __init__(self, authenticator: Authenticator, services: Caller, settings: Settings) -> None:
        self._authenticator, self._services, self._body_seconds = authenticator, services, settings.body_seconds
        self._uploads = Uploads()
        self._clients = Limiter(settings.requests_per_minute, settings.intake_per_minute)
        self._citizens = Limiter(settings.citizen_per_minute, settings.citizen_per_minute)
        self._public = Limiter(settings.public_per_minute, settings.public_per_minute)

    async def handle(self, http: HttpRequest, route: Route) -> Response:
        """Answer one request. Raises a Problem for every refusal."""
        headers: Mapping[str, str] = http.scope["header"]
        citizen = headers.get("citizen-token")
        actor = await self._actor(headers.get("authorization"), citizen, route)
        authorize(actor, route.request)
        if actor is ANYBODY:
            self._public.check(http.client.host if http.client else "", route.operation)
        else:
            self._clients.check(actor.client or actor.subject, route.operation)
        if citizen is not None:
            self._citizens.check(f"{actor.client} {actor.subject}", route.operation)
        key = idempotency_key(headers, route, actor)
        ask = self._upload if route.upload else self._plain
        result = await ask(http, route, actor, key)
        if answers_file(route):
            return as_file(route, result, public=actor is ANYBODY)
        return Response(result, route.status, etag(result), media_type="application/json")

    async def _actor(self, authorization: str | None, citizen: str | None, route: Route) -> Actor:
        if authorization is None and citizen is None and route.scope in PUBLIC:
            return ANYBODY
        return await self._authenticator.actor(authorization, citizen)

    async def _plain(self, http: HttpRequest, route: Route, actor: Actor, key: str | None) -> bytes:
        request = await read_request(http, route, self._body_seconds)
        return await self._ask(http, route, actor, key, request)

    async def _upload(self, http: HttpRequest, route: Route, actor: Actor, key: str | None) -> bytes:
        request, file = await self._uploads.take(http, route, salt_of(key, f"{actor.client} {actor.subject}"))
        try:
            return await self._ask(http, route, actor, key, request.model_dump_json().encode())
        except Problem as problem:
            if problem.status < 500:  # else nobody knows whether the service has it: it sweeps what nobody needs
                await self._uploads.forget(file)
            raise

    async def _ask(self, http: HttpRequest, route: Route, actor: Actor, key: str | None, body: bytes) -> bytes:
        sent = trace_of(http.scope["header"])
        with telemetry.span(f"{route.method} {route.path}", sent):
            trace = telemetry.current_traceparent(sent)
            context = Context(
                actor=actor,
                correlation_id=http.scope["correlation_id"],
                request_id=str(uuid4()),
                deadline=time.time() + route.timeout,
                idempotency_key=key,
                resource=f"{route.method} {http.scope['path']}",
                purpose=purpose_of(http.scope["header"]),
                traceparent=trace,
            )
            try:
                return await self._services.call(route.operation, body, context, route.timeout)
            except InvalidRequest as problem:
                raise relocate(problem, route) from None


def trace_of(headers: Mapping[str, str]) -> str | None:
    """The caller's W3C trace context, if it is one."""
    sent = headers.get("traceparent")
    return sent if sent and TRACEPARENT.match(sent) else None


def purpose_of(headers: Mapping[str, str]) -> str | None:
    """Why personal data is read, as the caller says; kept in the audit log."""
    purpose = headers.get("x-purpose")
    return purpose[:PURPOSE_LENGTH] if purpose else None


def idempotency_key(headers: Mapping[str, str], route: Route, actor: Actor) -> str | None:
    """The key, if usable. The super app must send one with every POST: its users' phones repeat requests."""
    key = headers.get("idempotency-key")
    if key is None:
        if route.method == "POST" and SUPER_APP in actor.roles:
            raise KeyMissing("send an Idempotency-Key header, a new UUID for each new request")
        return None
    if not PRINTABLE.match(key):
        wrong = "must be 1 to 255 printable ASCII characters"
        raise InvalidRequest(
            errors=(FieldError(pointer="/header/Idempotency-Key", code="unusable", detail=wrong, fix="send a UUID"),)
        )
    return key
