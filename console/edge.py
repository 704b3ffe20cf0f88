"""The outermost layer, pure ASGI: security headers, compression, metrics, and the last answer to a fault of ours."""

from __future__ import annotations

import time

from prometheus_client import Counter, Histogram
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.telemetry import logger

log = logger(__name__)

REQUESTS = Counter("kota_console_requests_total", "Requests of browsers.", ["route", "status"])
SECONDS = Histogram("kota_console_request_seconds", "Until the reply began.", ["route"])

# No inline script, no style element, nothing from elsewhere; `data:` for the images in Bootstrap's own style sheet.
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    b"connect-src 'self'; form-action 'self'%b; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
    (b"cache-control", b"no-store"),
)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Edge:
    """Wraps the application. `forms_to`: where a form of ours may lead on to, the log-in server after a sign-out."""

    def __init__(self, app: ASGIApp, *, secure: bool, forms_to: str = "") -> None:
        self._app = GZipMiddleware(app, minimum_size=1000, compresslevel=5)
        policy = (b"content-security-policy", POLICY % (b" " + forms_to.encode() if forms_to else b""))
        self._headers = (*HEADERS, policy, *([STRICT_TRANSPORT] if secure else []))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_at, started = time.perf_counter(), False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self._headers if pair[0] not in present)]
                # The route's template, never the address itself: that holds ids.
                route = getattr(scope.get("route"), "path", None) or "none"
                REQUESTS.labels(route, str(message["status"])).inc()
                SECONDS.labels(route).observe(time.perf_counter() - began_at)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            log.exception("request_failed", route=getattr(scope.get("route"), "path", None) or "none")
            if not started:
                await PlainTextResponse("Terjadi kesalahan. / Something went wrong.", 500)(scope, receive, sending)
