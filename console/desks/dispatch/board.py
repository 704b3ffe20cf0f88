"""The board: contacts that wait, open incidents, units. Each list is a fragment that renews itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.written import Written
from ...visit import Visit
from ..desk import GetVisit
from . import reading

WRITTEN_SECONDS = 2.0
"""So long a list is given as it was written; what it is written from has times of its own."""


def routes(get_visit: GetVisit) -> APIRouter:
    """The page and its lists."""
    router = APIRouter()

    @router.get("")
    async def board(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/board.html", **await lists(visit))

    @router.get("/daftar/insiden")
    async def incidents(visit: Visit = Depends(get_visit)) -> Response:
        return await _reply(visit, "incidents")

    @router.get("/daftar/unit")
    async def units(visit: Visit = Depends(get_visit)) -> Response:
        return await _reply(visit, "units")

    @router.get("/daftar/panggilan")
    async def contacts(visit: Visit = Depends(get_visit)) -> Response:
        return await _reply(visit, "contacts")

    @router.get("/daftar/peringatan")
    async def alerts(visit: Visit = Depends(get_visit)) -> Response:
        return await _reply(visit, "alerts")

    return router


LISTS: dict[str, tuple[tuple[str, ...], Callable[[Visit], Awaitable[list[dict[str, Any]]]]]] = {
    "incidents": (reading.INCIDENT_TOPICS, reading.open_incidents),
    "units": (reading.UNIT_TOPICS, reading.units),
    "contacts": (("ambulance.contact",), reading.waiting_contacts),
    "alerts": (("ambulance.alert",), reading.open_alerts),
}
"""What renews each list, and who reads it."""


async def _written(visit: Visit, name: str) -> Written:
    topics, read = LISTS[name]

    async def ask() -> dict[str, Any]:
        return {name: await read(visit)}

    return await visit.shared(f"dispatch/list_{name}.html", topics, WRITTEN_SECONDS, ask)


async def _reply(visit: Visit, name: str) -> Response:
    return visit.reply((await _written(visit, name)).reply(visit.request))


async def lists(visit: Visit) -> dict[str, Any]:
    """What every page of the desk shows at its sides. Contacts only to who may take them."""
    may_take = visit.may("ambulance:intake")
    return {
        "mark": visit.group.mark,  # before asking: what changes meanwhile is told
        **{name: (await _written(visit, name)).html for name in LISTS if name != "contacts" or may_take},
        "incident_topics": " ".join(reading.INCIDENT_TOPICS),
    }
