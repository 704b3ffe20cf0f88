"""Reading recorded incidents, fleet and hospitals from the public API, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from contracts.ambulance.values import IncidentState, UnitType
from contracts.geography import Point
from kota.errors import OperatorError
from kota.importing.access import addresses, token_of

from ..city import BASE, MOST, READER
from ..http import Client, GaveUp, new_http
from .ground import Plan
from .recorded import History, history

PATIENCE = 30.0


def read_recorded(
    gateway: str | None, issuer: str | None, since: datetime | None, until: datetime | None
) -> tuple[History, Plan]:
    """The closed incidents of a period, and the city as it is now. Raises OperatorError."""
    return asyncio.run(_read(*addresses(gateway, issuer), since, until))


async def _read(gateway: str, issuer: str, since: datetime | None, until: datetime | None) -> tuple[History, Plan]:
    token = await asyncio.to_thread(token_of, issuer, READER)
    async with new_http(gateway) as http:
        client = Client(http, lambda _: token, PATIENCE)
        try:
            incidents = [one async for one in _incidents(client, since, until)]
            units = [one async for one in pages(client, "units")]
            facilities = [one async for one in pages(client, "facilities")]
        except GaveUp as error:
            raise OperatorError(f"The API does not answer: {error}.", "See `kota status` and the logs.") from error
    hospitals = [one for one in facilities if one["type"] == "hospital" or one["emergency_24h"]]
    homes = tuple(_point(one["base"]) for one in units if one["type"] != UnitType.TRANSPORT)
    return history(incidents), Plan(homes, tuple(_point(one["location"]) for one in hospitals))


async def _incidents(client: Client, since: datetime | None, until: datetime | None) -> AsyncIterator[dict[str, Any]]:
    async for one in pages(client, "incidents", state=IncidentState.CLOSED):
        opened = datetime.fromisoformat(one["opened_at"])
        if since is not None and opened < since:
            return  # newest first: all others are older
        if until is None or opened < until:
            yield one


async def pages(client: Client, what: str, **query: Any) -> AsyncIterator[dict[str, Any]]:
    """All items of a list. Raises OperatorError if it can't be read."""
    cursor = None
    while True:
        reply = await client.get(f"list_{what}", f"{BASE}/{what}", READER, limit=MOST, cursor=cursor, **query)
        if not reply.ok:
            raise OperatorError(f"The {what} can't be read: {reply.status} {reply.problem}.", "See `kota status`.")
        for item in reply.data["items"]:
            yield item
        cursor = reply.data.get("next")
        if cursor is None:
            return


def _point(shown: dict[str, Any]) -> Point:
    return Point(coordinates=tuple(shown["coordinates"]))
