"""The ASGI application: every row of the table, the live feed, health, metrics and the documents."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import prometheus_client
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from contracts.problems import Internal, Malformed, MethodNotAllowed, NotFound, Problem

from . import docs
from .endpoint import Doors, correlation_of, endpoint, refuse
from .feed import Feed
from .limits import Limiter
from .live import live_feed
from .routes import ROUTES
from .rpc import RpcClient
from .security import Authenticator, TrustedIssuer
from .settings import Settings

HTTP_SECONDS = 5


def create_app(settings: Settings) -> FastAPI:
    """The gateway with these settings; it connects to the broker when it starts."""
    amqp_uri = settings.amqp_uri.get_secret_value()
    rpc = RpcClient(amqp_uri, calls_per_service=settings.calls_per_service)
    feed = Feed(amqp_uri)
    fetch = httpx.AsyncClient(timeout=HTTP_SECONDS)
    doors = Doors(
        authenticator=Authenticator(_issuers(settings), time.time, fetch),
        limiter=Limiter(settings.requests_per_minute, settings.intake_per_minute),
        rpc=rpc,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await rpc.start()
        await feed.start()
        yield
        await feed.stop()
        await rpc.stop()
        await fetch.aclose()

    app = FastAPI(title="Kota", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.router.routes.extend(_rows(doors))
    app.router.routes.append(StarletteRoute("/v1/stream", live_feed(doors, feed), methods=["GET"]))
    app.router.routes.extend(_health(rpc, feed))
    app.include_router(docs.router())
    _refusals(app)
    return app


def _rows(doors: Doors) -> list[StarletteRoute]:
    # One Starlette route per address with all its methods, so that a wrong method is told what is allowed.
    by_path: dict[str, dict[str, object]] = {}
    for row in ROUTES:
        by_path.setdefault(row.path, {})[row.method] = endpoint(doors, row)
    return [StarletteRoute(path, _by_method(methods), methods=list(methods)) for path, methods in by_path.items()]


def _by_method(methods: dict[str, object]) -> object:
    if len(methods) == 1:
        return next(iter(methods.values()))

    async def handle(http: HttpRequest) -> Response:
        return await methods["GET" if http.method == "HEAD" else http.method](http)  # type: ignore[operator, no-any-return]

    return handle


def _issuers(settings: Settings) -> tuple[TrustedIssuer, ...]:
    staff = TrustedIssuer(settings.oidc_issuer, settings.oidc_jwks_url, settings.oidc_audience, "staff")
    if not settings.citizen_issuer:
        return (staff,)
    return (staff, TrustedIssuer(settings.citizen_issuer, settings.citizen_jwks_url, settings.oidc_audience, "citizen"))


def _health(rpc: RpcClient, feed: Feed) -> list[StarletteRoute]:
    async def live(_http: HttpRequest) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_http: HttpRequest) -> Response:
        checks = {"requests": rpc.connected, "feed": feed.connected}
        good = all(checks.values())
        return JSONResponse({"status": "ready" if good else "not ready", "checks": checks}, 200 if good else 503)

    async def metrics(_http: HttpRequest) -> Response:
        return Response(prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST)

    pages = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}
    return [StarletteRoute(path, page, methods=["GET"]) for path, page in pages.items()]


def _refusals(app: FastAPI) -> None:
    kinds: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed, 400: Malformed}

    @app.exception_handler(HTTPException)
    async def on_http_error(http: HttpRequest, error: HTTPException) -> Response:
        problem = kinds.get(error.status_code, Internal)()
        return refuse(http, problem, correlation_of(http), **dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def on_error(http: HttpRequest, _error: Exception) -> Response:
        return refuse(http, Internal(), correlation_of(http))
