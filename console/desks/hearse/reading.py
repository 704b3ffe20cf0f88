"""What the API says of bookings, cars and officers."""

from __future__ import annotations

import asyncio
from typing import Any

from ...visit import Visit

BASE = "/v1/hearse"
OPEN = ("draft", "requested", "approved", "scheduled", "en_route", "picked_up", "delivered")
LIST_SECONDS = 20.0
FLEET_SECONDS = 120.0
TOPICS = ("hearse",)


async def bookings(visit: Visit) -> dict[str, list[dict[str, Any]]]:
    """The open bookings by state; who waits longest first."""

    async def of(state: str) -> list[dict[str, Any]]:
        found = [one async for one in visit.api.pages(f"{BASE}/bookings", state=state, limit=100)]
        return sorted(found, key=_since)

    async def ask() -> dict[str, list[dict[str, Any]]]:
        return dict(zip(OPEN, await asyncio.gather(*(of(state) for state in OPEN)), strict=True))

    return await visit.group.shared("bookings", TOPICS, ask, LIST_SECONDS)


async def alerts(visit: Visit) -> list[dict[str, Any]]:
    """What somebody must look at, the newest first; nothing for who may not read them."""
    if not visit.may("hearse:read"):
        return []

    async def ask() -> list[dict[str, Any]]:
        found = [one async for one in visit.api.pages(f"{BASE}/alerts", state="open", limit=100)]
        return found + [one async for one in visit.api.pages(f"{BASE}/alerts", state="acknowledged", limit=100)]

    return await visit.group.shared("hearse alerts", ("hearse.alert",), ask, LIST_SECONDS)


async def vehicles(visit: Visit) -> list[dict[str, Any]]:
    """All cars, by id."""

    async def ask() -> list[dict[str, Any]]:
        return [one async for one in visit.api.pages(f"{BASE}/vehicles", limit=100)]

    return await visit.group.shared("vehicles", TOPICS, ask, FLEET_SECONDS) if visit.may("hearse:read") else []


async def officers(visit: Visit) -> list[dict[str, Any]]:
    """All officers, by id."""

    async def ask() -> list[dict[str, Any]]:
        return [one async for one in visit.api.pages(f"{BASE}/officers", limit=200)]

    return await visit.group.shared("officers", TOPICS, ask, FLEET_SECONDS) if visit.may("hearse:read") else []


async def burial_places(visit: Visit) -> list[dict[str, Any]]:
    """All of them, by id."""

    async def ask() -> list[dict[str, Any]]:
        return list((await visit.api.get(f"{BASE}/burial-places"))["items"])

    return await visit.group.shared("burial places", (), ask, FLEET_SECONDS)


def _since(booking: dict[str, Any]) -> str:
    trip = booking.get("trip") or {}
    return str(trip.get("pickup_at") or booking.get("requested_at") or booking["created_at"])
