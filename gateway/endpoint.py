"""What happens to a request of a table's row: who, how often, what, to whom, and back."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping

import orjson
from pamqp.common import FieldTable
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from chassis import telemetry
from contracts.context import CONTEXT_KEY
from contracts.problems import FieldError, Forbidden, InvalidRequest, KeyMissing, Unauthenticated

from .limits import Limits
from .requests import read_request, relocate
from .rpc import RpcClient
from .security import Caller, Guard
from .table import Route

PRINTABLE = re.compile(r"^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$")
TRACEPARENT = re.compile(r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")
CONTEXT_HEADER = f"nameko.{CONTEXT_KEY}"


class Endpoint:
    """The one handler of all rows."""

    def __init__(self, guard: Guard, limits: Limits, rpc: RpcClient, body_seconds: float) -> None:
        self._guard, self._limits, self._rpc, self._body_seconds = guard, limits, rpc, body_seconds

    async def handle(self, http: HttpRequest, route: Route) -> Response:
        """Answer one request. Raises a Problem for every refusal."""
        http.scope["route"] = route
        headers = http.headers
        caller = await self.authenticate(http)
        if not caller.may(route.operation, route.scope):
            raise Forbidden(f"this needs the scope {route.scope}", scope=route.scope)
        self._limits.check(caller, route)
        key = idempotency_key(headers, route, caller)
        request = await read_request(http, route, self._body_seconds)
        sent = headers.get("traceparent")
        trace = sent if sent and TRACEPARENT.match(sent) else None
        with telemetry.span(f"{route.method} {route.path}", trace):
            trace = telemetry.current_traceparent(trace)
            result = await self._ask(http, route, caller, key, trace, request.model_dump_json().encode())
        return Response(result, route.status, media_type="application/json")

    async def authenticate(self, http: HttpRequest) -> Caller:
        """Who calls; bad tokens are counted by address."""
        address = http.client.host if http.client else ""
        self._limits.check_address(address)
        try:
            return await self._guard.caller(http.headers)
        except Unauthenticated:
            self._limits.count_refused(address)
            raise

    async def _ask(
        self, http: HttpRequest, route: Route, caller: Caller, key: str | None, trace: str | None, body: bytes
    ) -> bytes:
        request_id = str(uuid.uuid4())
        purpose = http.headers.get("x-purpose")
        context = context_json(
            caller,
            correlation_id=http.scope["correlation_id"],
            request_id=request_id,
            deadline=time.time() + route.timeout,
            resource=f"{route.method} {http.scope['path']}",
            key=key,
            purpose=purpose[:200] if purpose else None,
            trace=trace,
        )
        headers: FieldTable = {CONTEXT_HEADER: context}
        if trace:
            headers["traceparent"] = trace
        try:
            return await self._rpc.call(route.operation, body, request_id, headers, route.timeout)
        except InvalidRequest as problem:
            raise relocate(problem, route) from None


def context_json(
    caller: Caller,
    *,
    correlation_id: str,
    request_id: str,
    deadline: float,
    resource: str,
    key: str | None = None,
    purpose: str | None = None,
    trace: str | None = None,
) -> str:
    """A `contracts.context.Context` as JSON, put together around the caller's part, which is the same every time."""
    more = {"resource": resource, "idempotency_key": key, "purpose": purpose, "traceparent": trace}
    rest = orjson.dumps({name: value for name, value in more.items() if value is not None}).decode()[1:]
    return (
        f'{{"actor":{caller.json},"correlation_id":"{correlation_id}","request_id":"{request_id}",'
        f'"deadline":{deadline:.3f},{rest}'
    )


def idempotency_key(headers: Mapping[str, str], route: Route, caller: Caller) -> str | None:
    """The key, if usable. The super app must send one with every POST: its users' phones repeat requests."""
    key = headers.get("idempotency-key")
    if key is None:
        if route.method == "POST" and caller.is_super_app:
            raise KeyMissing("send an Idempotency-Key header, a new UUID for each new request")
        return None
    if not PRINTABLE.match(key):
        wrong = "must be 1 to 255 printable ASCII characters"
        raise InvalidRequest(
            errors=(FieldError(pointer="/header/Idempotency-Key", code="unusable", detail=wrong, fix="send a UUID"),)
        )
    return key
