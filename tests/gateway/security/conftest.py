"""An issuer, a clock and an authenticator for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import httpx
import pytest
import pytest_asyncio

from contracts.context import Actor
from contracts.problems import Problem
from gateway.security import Authenticator

from .servers import Clock, IssuerServer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(clock: Clock) -> Iterator[IssuerServer]:
    server = IssuerServer(clock)
    server.start()
    yield server
    server.stop()


@dataclass
class Door:
    """The authenticator under test and the key requests that it really sent."""

    authenticator: Authenticator
    asked: list[str] = field(default_factory=list)

    async def actor(self, token: str, citizen: str | None = None) -> Actor:
        return await self.authenticator.actor(f"Bearer {token}", citizen)

    async def refusal(self, token: str, citizen: str | None = None) -> Problem:
        with pytest.raises(Problem) as caught:
            await self.actor(token, citizen)
        return caught.value

    async def reason(self, token: str, citizen: str | None = None) -> str:
        problem = await self.refusal(token, citizen)
        assert problem.status == 401
        return str(problem.data.extra["reason"])


@pytest_asyncio.fixture
async def door(issuer: IssuerServer, clock: Clock) -> AsyncIterator[Door]:
    asked: list[str] = []

    async def note(request: httpx.Request) -> None:
        asked.append(request.url.path)

    async with httpx.AsyncClient(event_hooks={"request": [note]}) as fetch:
        yield Door(Authenticator(issuer.trusted, clock, fetch, remembered=50), asked)
