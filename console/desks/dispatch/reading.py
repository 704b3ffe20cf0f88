"""What the API says of incidents and units, in the order and with the words of a board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...visit import Visit

BASE = "/v1/ambulance"
COLOURS = ("merah", "kuning", "hijau", "hitam")
ENDED = ("completed", "declined", "released", "diverted")
UNIT_STATES = ("available", "committed", "out_of_service", "off_duty")
INCIDENT_TOPICS = tuple(
    f"ambulance.{name}" for name in ("incident", "unit", "assignment", "patient", "plan", "milestone", "facility")
)
UNIT_TOPICS = ("ambulance.unit", "ambulance.assignment")
POSITIONS_SECONDS = 5.0
LIST_SECONDS = 15.0
NAMES_SECONDS = 600.0


async def open_incidents(visit: Visit) -> list[dict[str, Any]]:
    """All that are not closed: those without a unit first, the worst colour first, then the longest waiting."""

    async def ask() -> list[dict[str, Any]]:
        path = f"{BASE}/incidents"
        names = await kelurahan(visit)
        found = [one async for one in visit.api.pages(path, open=True, limit=200)]
        return sorted((placed({**one, "active": active(one)}, names) for one in found), key=_order)

    return await visit.group.shared("incidents", INCIDENT_TOPICS, ask, LIST_SECONDS)


async def kelurahan(visit: Visit) -> dict[str, str]:
    """The names of kelurahan by their codes."""

    async def ask() -> dict[str, str]:
        return {str(one["code"]): str(one["name"]) async for one in visit.api.pages(f"{BASE}/areas", limit=200)}

    return await visit.group.shared("kelurahan", (), ask, NAMES_SECONDS)


def placed(thing: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """With the name of its kelurahan."""
    code = thing.get("kelurahan_code")
    return {**thing, "kelurahan": names.get(code, code) if code else None}


async def units(visit: Visit) -> list[dict[str, Any]]:
    """All units with their last position; the free ones first."""

    async def ask() -> list[dict[str, Any]]:
        found = [one async for one in visit.api.pages(f"{BASE}/units", limit=200)]
        return sorted(found, key=lambda unit: (_place(UNIT_STATES, unit["state"]), unit["id"]))

    return await visit.group.shared("units", UNIT_TOPICS, ask, POSITIONS_SECONDS)


async def waiting_contacts(visit: Visit) -> list[dict[str, Any]]:
    """Open and claimed contacts, the longest waiting first. Claims run out without an event: asked again at times."""

    async def ask() -> list[dict[str, Any]]:
        found = [one async for one in visit.api.pages(f"{BASE}/contacts", state="open", limit=100)]
        found += [one async for one in visit.api.pages(f"{BASE}/contacts", state="claimed", limit=100)]
        names = await kelurahan(visit)
        return sorted((placed(one, names) for one in found), key=lambda contact: str(contact["received_at"]))

    return await visit.group.shared("contacts", ("ambulance.contact",), ask, POSITIONS_SECONDS)


async def open_alerts(visit: Visit) -> list[dict[str, Any]]:
    """What somebody must look at, the newest first."""

    async def ask() -> list[dict[str, Any]]:
        page = await visit.api.get(f"{BASE}/alerts", state="open", limit=50)
        return list(page["items"])

    return await visit.group.shared("alerts", ("ambulance.alert",), ask, LIST_SECONDS)


def active(incident: dict[str, Any]) -> list[dict[str, Any]]:
    """The assignments that go on."""
    return [one for one in incident.get("assignments", ()) if one["state"] not in ENDED]


def _order(incident: dict[str, Any]) -> tuple[Any, ...]:
    waits = not incident["active"] and not _planned(incident)
    return (not waits, _place(COLOURS, incident.get("triage")), str(incident["opened_at"]))


def _planned(incident: dict[str, Any]) -> bool:
    return any(plan["state"] == "planned" for plan in incident.get("plans", ()))


def _place(order: Iterable[str], value: object) -> int:
    known = list(order)
    # No colour yet is looked at right after red: nobody knows that it is not.
    return known.index(str(value)) * 2 if value in known else 1
