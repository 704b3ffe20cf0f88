"""The board: contacts that wait, open incidents, units. Each list is a fragment that renews itself."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...visit import Visit
from ..desk import GetVisit
from . import reading


def routes(get_visit: GetVisit) -> APIRouter:
    """The page and its lists."""
    router = APIRouter()

    @router.get("")
    async def board(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/board.html", **await lists(visit))

    @router.get("/daftar/insiden")
    async def incidents(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/list_incidents.html", incidents=await reading.open_incidents(visit))

    @router.get("/daftar/unit")
    async def units(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/list_units.html", units=await reading.units(visit))

    @router.get("/daftar/panggilan")
    async def contacts(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/list_contacts.html", contacts=await reading.waiting_contacts(visit))

    @router.get("/daftar/peringatan")
    async def alerts(visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/list_alerts.html", alerts=await reading.open_alerts(visit))

    return router


async def lists(visit: Visit) -> dict[str, Any]:
    """What every page of the desk shows at its sides. Contacts only to who may take them."""
    may_take = visit.may("ambulance:intake")
    return {
        "mark": visit.group.mark,  # before asking: what changes meanwhile is told
        "incidents": await reading.open_incidents(visit),
        "units": await reading.units(visit),
        "contacts": await reading.waiting_contacts(visit) if may_take else [],
        "alerts": await reading.open_alerts(visit),
        "incident_topics": " ".join(reading.INCIDENT_TOPICS),
    }
