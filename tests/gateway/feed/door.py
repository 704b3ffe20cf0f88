"""The live feed behind a real HTTP server, with an issuer whose keys the gateway fetches over HTTP too."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gateway.edge import Edge
from gateway.feed import Feed, LiveFeed
from gateway.security import Authenticator, TrustedIssuer
from gateway.settings import Settings

ISSUER = "https://issuer.test"
LIMIT = 20.0
KEY = ECKey.generate_key("P-256", {"kid": "k1"}, private=True)


def token(*roles: str, seconds: float = 600, **claims: Any) -> str:
    """An access token that is good for so many seconds."""
    now = int(time.time())
    given = {"iss": ISSUER, "aud": "kota", "sub": "s1", "exp": int(now + seconds), "iat": now, "roles": list(roles)}
    return jwt.encode({"alg": "ES256", "kid": "k1"}, given | claims, KEY)


@dataclass
class Issuing:
    """What the issuer says at this moment, and how many seconds the authenticator's clock is ahead of ours."""

    keys: list[ECKey] = field(default_factory=lambda: [KEY])
    ahead: float = 0.0

    async def answer(self, _: Request) -> JSONResponse:
        """The key set."""
        return JSONResponse(KeySet(list(self.keys)).as_dict(private=False))


@dataclass
class Door:
    """Where the feed is, and the feed itself."""

    feed: Feed
    url: str
    issuing: Issuing

    async def tail(self, offset: int) -> None:
        """Wait until the feed has read this offset."""
        async with asyncio.timeout(LIMIT):
            while self.feed.tail is None or self.feed.tail < offset:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(amqp_uri: str, heartbeat: float = 15.0, most: int = 2000) -> AsyncIterator[Door]:
    """A feed that is connected to the broker and served on a free loopback port."""
    given = {"oidc_issuer": ISSUER, "oidc_jwks_url": "http://unused.test"}
    settings = Settings.model_validate(given | {"heartbeat_seconds": heartbeat, "feed_listeners": most})
    feed, issuing = Feed(amqp_uri), Issuing()
    async with httpx.AsyncClient(timeout=5, trust_env=False) as fetch, _served(feed, settings, fetch, issuing) as url:
        await feed.start()
        yield Door(feed, url, issuing)
        await feed.stop()


@asynccontextmanager
async def _served(feed: Feed, settings: Settings, fetch: httpx.AsyncClient, issuing: Issuing) -> AsyncIterator[str]:
    app = Starlette()
    app.add_middleware(Edge)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve())
    async with asyncio.timeout(LIMIT):
        while not server.started:
            await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    issuer = TrustedIssuer(ISSUER, f"{url}/keys", "kota")
    stream = LiveFeed(feed, Authenticator((issuer,), lambda: time.time() + issuing.ahead, fetch), settings)
    app.router.routes += [Route("/keys", issuing.answer), Route("/v1/stream", stream.handle)]
    try:
        yield url
    finally:
        feed.close_listeners()
        server.should_exit = True
        async with asyncio.timeout(LIMIT):
            await running
