"""Liveness, readiness, metrics. Live: this process answers. Ready: broker connected and the issuer's keys read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

if TYPE_CHECKING:
    from .app import Gateway


def routes(gateway: Gateway) -> list[HttpRoute]:
    """The three addresses."""

    async def live(_: HttpRequest) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: HttpRequest) -> Response:
        if not gateway.authenticator.ready:
            await gateway.authenticator.prepare()
        checks = {
            "broker": gateway.pulse.reason or ("ok" if gateway.rpc.connected else "not connected"),
            "stream": "ok" if gateway.feed.connected else "not connected",
            "issuer": "ok" if gateway.authenticator.ready else "keys not read",
        }
        ready = checks["broker"] == checks["issuer"] == "ok"
        status = "ready" if ready else "not ready"
        return JSONResponse({"status": status, "checks": checks}, 200 if ready else 503)

    async def metrics(_: HttpRequest) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        HttpRoute("/health/live", live, methods=["GET"]),
        HttpRoute("/health/ready", ready, methods=["GET"]),
        HttpRoute("/metrics", metrics, methods=["GET"]),
    ]
