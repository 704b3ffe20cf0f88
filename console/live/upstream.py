"""The gateway's live feed (server-sent events), opened again after every loss from where it broke off."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import orjson

from chassis.telemetry import logger

log = logger(__name__)
SILENT_SECONDS = 5.0
"""The gateway says something every two seconds: after this, the connection counts as lost."""
PAUSES = (0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True)
class Heard:
    """`kind`: an event's type, `resync`, `reauth`, `source`, or empty for a sign of life.

    `id` is for coming back, and missing while the gateway has no broker; `about` are the ids of what the event is
    about; `source` is where events come from, when that is told.
    """

    kind: str = ""
    id: str = ""
    about: frozenset[str] = frozenset()
    source: str = ""


LOST = Heard("lost")
OPENED = Heard("opened")


async def listen(http: httpx.AsyncClient, token: Callable[[], str]) -> AsyncIterator[Heard]:
    """For ever; `token` gives an access token that is good now. LOST and OPENED tell of the connection itself."""
    last, failures = "", 0
    while True:
        try:
            async for heard in _once(http, token(), last):
                failures, last = 0, heard.id or last
                yield heard
        except (httpx.HTTPError, _Refused) as error:
            if failures == 0:
                log.warning("feed_lost", error=type(error).__name__, status=getattr(error, "status", None))
        yield LOST
        pause = PAUSES[min(failures, len(PAUSES) - 1)]
        failures += 1
        await asyncio.sleep(pause * random.uniform(0.7, 1.3))


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def _once(http: httpx.AsyncClient, token: str, last: str) -> AsyncIterator[Heard]:
    headers = {"Authorization": f"Bearer {token}", **({"Last-Event-ID": last} if last else {})}
    limits = httpx.Timeout(SILENT_SECONDS)
    async with http.stream("GET", "/v1/stream", headers=headers, timeout=limits) as reply:
        if reply.status_code != 200:
            raise _Refused(reply.status_code)
        yield OPENED
        kind = identifier = data = ""
        async for line in reply.aiter_lines():
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("id: "):
                identifier = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line:
                yield Heard(kind, identifier, _about(data), _source(kind, data))
                kind = identifier = data = ""


def _source(kind: str, text: str) -> str:
    return str(orjson.loads(text).get("source", "")) if kind == "source" else ""


def _about(text: str) -> frozenset[str]:
    """Such as the incident and the unit of a dispatch: every member of the event's data that is called an id."""
    data = orjson.loads(text).get("data") if text else None
    if not isinstance(data, dict):
        return frozenset()
    return frozenset(value for name, value in data.items() if name.endswith("_id") and isinstance(value, str))
