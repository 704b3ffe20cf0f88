"""The application, put together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp

from contracts.problems import MethodNotAllowed, NotFound

from . import docs, health
from .calling import Caller
from .direct import DirectClient
from .edge import Edge
from .endpoint import Endpoint
from .feed import Bridge, Feed, LiveFeed
from .me import Me
from .problems import with_headers
from .pulse import Pulse
from .router import Router
from .routes import ROUTES
from .rpc import RpcClient
from .security import Authenticator, TrustedIssuer
from .settings import Settings

FETCH_SECONDS = 5.0


class Gateway:
    """The parts of one gateway process; `asgi` is the application."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        uri = settings.amqp_uri.get_secret_value()
        self.rpc, self.direct = RpcClient(uri), DirectClient(settings.doors)
        self.feed = Feed(uri)
        self.pulse = Pulse(self.rpc.connection, self.feed.connection)
        self.services = Caller(
            self.direct, self.rpc, lambda: not self.pulse.reason, calls_per_service=settings.calls_per_service
        )
        self.bridge = Bridge(self.feed, self.direct, lambda: not self.pulse.reason)
        self.fetch = httpx.AsyncClient(timeout=FETCH_SECONDS)
        self.authenticator = Authenticator(_issuers(settings), time.time, self.fetch)
        self.endpoint = Endpoint(self.authenticator, self.services, settings)
        table = Router(ROUTES, self.endpoint.handle, self._application())
        self.asgi: ASGIApp = Edge(table, secure=settings.environment == "production")

    def _application(self) -> FastAPI:
        app = FastAPI(
            title="Kota",
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            redirect_slashes=False,
            lifespan=self._lifespan,
        )
        stream = LiveFeed(self.feed, self.authenticator, self.settings)
        app.router.routes.append(HttpRoute("/v1/stream", stream.handle, methods=["GET"]))
        app.router.routes.append(HttpRoute(Me.path, Me(self.authenticator).handle, methods=["GET"]))
        app.router.routes += health.routes(self) + docs.routes()
        app.add_exception_handler(HTTPException, _http_exception)
        app.add_exception_handler(Exception, _let_through)
        return app

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        await asyncio.gather(self.rpc.start(), self.feed.start(), self.authenticator.prepare())
        await self.pulse.start()
        self.bridge.start()
        try:
            yield
        finally:
            await self.bridge.stop()
            await self.pulse.stop()
            self.direct.stop()
            await asyncio.gather(self.rpc.stop(), self.feed.stop(), self.fetch.aclose())


def _issuers(settings: Settings) -> tuple[TrustedIssuer, ...]:
    staff = TrustedIssuer(settings.oidc_issuer, settings.oidc_jwks_url, settings.oidc_audience, "staff")
    if settings.citizens is None:
        return (staff,)
    return (staff, TrustedIssuer(*settings.citizens, settings.oidc_audience, "citizen"))


async def _let_through(_: HttpRequest, error: Exception) -> Response:
    """Let the edge answer: without this the framework would answer in plain text first."""
    raise error


async def _http_exception(http: HttpRequest, error: Exception) -> Response:
    """The framework's own refusals: no such address, or not with this method."""
    if getattr(error, "status_code", 404) != 405:
        raise NotFound("no such address")
    allowed = (getattr(error, "headers", None) or {}).get("Allow", "GET")
    raise with_headers(MethodNotAllowed(f"possible here: {allowed}"), Allow=allowed)
