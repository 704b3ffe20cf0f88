"""Pick-ups to come, and a press that plans those of a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import segment
from ...parts.formats import WIB
from ...parts.forms import typed
from ...visit import Visit, form_of, key_of
from ..desk import GetVisit
from . import reading
from .reading import BASE

PAGE = "/jemputan"


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, and the day's plan."""
    router = APIRouter()

    @router.get(PAGE)
    async def pickups(visit: Visit = Depends(get_visit)) -> Response:
        mark, today = visit.group.mark, datetime.now(WIB).date()
        days = [str(one) for one in (today, today + timedelta(days=1))]
        topics = " ".join((*reading.INCIDENT_TOPICS, "ambulance.alert"))
        found = await _pickups(visit)
        return visit.show("dispatch/pickups.html", mark=mark, topics=topics, pickups=found, days=days)

    @router.post(PAGE)
    async def plan_day(visit: Visit = Depends(get_visit)) -> Response:
        form = await form_of(visit)
        await visit.api.post(f"{BASE}/day-plans/{segment(typed(form).get('on', ''))}", {}, key_of(form))
        visit.group.touch("ambulance")
        return visit.go(f"/gawat-darurat{PAGE}")

    return router


async def _pickups(visit: Visit) -> list[dict[str, Any]]:
    found = [one async for one in visit.api.pages(f"{BASE}/pickups", limit=100)]
    names = await reading.kelurahan(visit)
    return [reading.placed({**one, "active": reading.active(one)}, names) for one in found]
