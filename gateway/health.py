"""Liveness, readiness, metrics. Live: this process answers. Ready: broker connected and the issuer's keys read.

Degraded: as good as ready. The broker is away, but every service has a door of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

from contracts import services

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
        without = gateway.pulse.dispensable and gateway.direct.services >= set(services())
        if checks["issuer"] != "ok" or (checks["broker"] != "ok" and not without):
            return JSONResponse({"status": "not ready", "checks": checks}, 503)
        return JSONResponse({"status": "ready" if checks["broker"] == "ok" else "degraded", "checks": checks})

    async def metrics(_: HttpRequest) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        HttpRoute("/health/live", live, methods=["GET"]),
        HttpRoute("/health/ready", ready, methods=["GET"]),
        HttpRoute("/metrics", metrics, methods=["GET"]),
    ]
