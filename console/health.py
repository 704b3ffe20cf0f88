"""Liveness, readiness, metrics. Ready says how the gateway is without depending on it: what works alone works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from .app import Console

SECONDS = 2.0


def routes(console: Console) -> list[Route]:
    """The three addresses."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: Request) -> Response:
        # Not the gateway's own readiness: while it is down, this process still shows what it can.
        try:
            await console.gateway.http.get("/health/live", timeout=SECONDS)
            gateway = "ok"
        except httpx.HTTPError as error:
            gateway = type(error).__name__
        return JSONResponse({"status": "ready", "checks": {"gateway": gateway}})

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/health/live", live, methods=["GET"]),
        Route("/health/ready", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]
