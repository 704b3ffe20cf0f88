"""A client of the live feed, as a browser's EventSource would read it (WHATWG HTML section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from .door import LIMIT, token

CONTROL = {"resync", "reauth"}


@dataclass
class Frame:
    """One server-sent event."""

    event: str = "message"
    id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def offset(self) -> int | None:
        """Its place in the stream."""
        return None if self.id is None else int(self.id.partition("-")[0])

    @property
    def number(self) -> int:
        """The event's sequence: the tests count with it."""
        return int(self.data["sequence"])


class Client:
    """One open feed; what came is kept."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.frames: list[Frame] = []
        self.heartbeats = 0
        self.ended = False
        self._news = asyncio.Event()

    @property
    def numbers(self) -> list[int]:
        """The sequences of the events, in the order of arrival."""
        return [frame.number for frame in self.frames if frame.event not in CONTROL]

    @property
    def controls(self) -> list[str]:
        """The control events."""
        return [frame.event for frame in self.frames if frame.event in CONTROL]

    @property
    def last_id(self) -> str:
        """What the client would send as Last-Event-ID."""
        return [frame.id for frame in self.frames if frame.id is not None][-1]

    async def read(self) -> None:
        """Read until the feed ends or the server goes away."""
        frame = Frame()
        try:
            async for line in self._response.aiter_lines():
                frame = self._line(frame, line)
        except httpx.TransportError:
            pass  # cut off: the caller looks at `ended` and at what came until then
        self.ended = True
        self._news.set()

    def _line(self, frame: Frame, line: str) -> Frame:
        name, _, value = line.partition(":")
        if line.startswith(":"):
            self.heartbeats += 1
        elif name == "id":
            frame.id = value.strip()
        elif name == "event":
            frame.event = value.strip()
        elif name == "data":
            frame.data = json.loads(value)
        elif not line:
            if frame.data:
                self.frames.append(frame)
            frame = Frame()
        self._news.set()
        return frame

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition on what came; fails after a limit."""
        try:
            async with asyncio.timeout(LIMIT):
                while not condition():
                    await self._news.wait()
                    self._news.clear()
        except TimeoutError:
            raise AssertionError(f"no {what}: {len(self.frames)} came, {self.controls}, {self.numbers[-5:]}") from None


def headers(*roles: str, last: int | str | None = None, **claims: Any) -> dict[str, str]:
    """What a listener sends."""
    sent = {"Authorization": f"Bearer {token(*(roles or ('auditor',)), **claims)}"}
    return sent if last is None else sent | {"Last-Event-ID": str(last)}


@asynccontextmanager
async def listening(url: str, *roles: str, last: int | str | None = None, **claims: Any) -> AsyncIterator[Client]:
    """An open feed that is being read; it has begun when this returns."""
    sent = headers(*roles, last=last, **claims)
    async with (
        httpx.AsyncClient(trust_env=False, timeout=httpx.Timeout(10, read=LIMIT)) as http,
        http.stream("GET", f"{url}/v1/stream", headers=sent) as response,
    ):
        assert response.status_code == 200, await response.aread()
        client = Client(response)
        reading = asyncio.create_task(client.read())
        try:
            yield client
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
