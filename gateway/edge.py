"""The outermost layer, pure ASGI: correlation id, security headers, metrics, and every failure as a problem."""

from __future__ import annotations

import time
from uuid import UUID

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid4

from chassis import telemetry
from contracts.problems import FieldError, Internal, InvalidRequest, Problem, Unauthenticated

from .metrics import observe
from .problems import language_of, problem_response

log = telemetry.logger(__name__)

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
ONCE = (b"Authorization", b"Citizen-Token", b"Idempotency-Key", b"Content-Type")
"""Headers that must not be repeated: a proxy and the gateway might each believe another one."""
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Edge:
    """Wraps the application. `secure` adds Strict-Transport-Security."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        self._headers = (*SECURITY_HEADERS, STRICT_TRANSPORT) if secure else SECURITY_HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Once for all who look at them: every look-up in Starlette's Headers walks and decodes the whole list.
        headers = scope["header"] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        scope["correlation_id"] = correlation_id(headers.get("x-correlation-id"))
        reply = _Reply(scope, send, self._headers)
        try:
            if len(headers) != len(scope["headers"]):
                _refuse_repeated([name for name, _ in scope["headers"]])
            await self._app(scope, receive, reply.send)
        except Problem as problem:
            await reply.refuse(problem, receive)
        except ClientDisconnect:
            return  # nobody is left to be answered
        except Exception:
            with telemetry.story(correlation_id=scope["correlation_id"]):
                log.exception("request_failed", route=reply.route)
            await reply.refuse(Internal(), receive)


class _Reply:
    """Adds the headers that every reply carries, and measures."""

    def __init__(self, scope: Scope, send: Send, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        self._scope, self._send, self._headers = scope, send, headers
        self._started_at = time.perf_counter()
        self._started = False

    @property
    def route(self) -> str:
        """The route's template, never the address itself: that holds ids."""
        return getattr(self._scope.get("route"), "path", None) or "none"

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            self._decorate(message)
            seconds = time.perf_counter() - self._started_at
            observe(self._scope["method"] if self.route != "none" else "any", self.route, message["status"], seconds)
        await self._send(message)

    async def refuse(self, problem: Problem, receive: Receive) -> None:
        if self._started:
            return  # too late to say anything: the connection ends and the client sees a cut reply
        headers: dict[str, str] = getattr(problem, "headers", {})
        if isinstance(problem, Unauthenticated):
            headers = {**headers, "WWW-Authenticate": 'Bearer realm="kota"'}
        response = problem_response(
            problem,
            language=language_of(self._scope["header"].get("accept-language")),
            instance=self._scope["path"],
            correlation_id=self._scope["correlation_id"],
            **headers,
        )
        await response(self._scope, receive, self.send)

    def _decorate(self, message: Message) -> None:
        headers: list[tuple[bytes, bytes]] = message["headers"]
        present = {name for name, _ in headers}
        headers += [pair for pair in self._headers if pair[0] not in present]
        headers.append((b"x-correlation-id", self._scope["correlation_id"].encode()))


def _refuse_repeated(names: list[bytes]) -> None:
    repeated = [name.decode() for name in ONCE if names.count(name.lower()) > 1]
    if repeated:
        raise InvalidRequest(errors=tuple(_once(name) for name in repeated))


def _once(name: str) -> FieldError:
    return FieldError(
        pointer=f"/header/{name}", code="repeated", detail="given more than once", fix="send one header of this name"
    )


def correlation_id(sent: str | None) -> str:
    """The caller's `X-Correlation-Id` if it is a UUID, else a new one."""
    if sent is None:
        return str(uuid4())
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid4())
