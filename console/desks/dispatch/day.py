"""Proposals, alerts, facilities, units: the desk's other pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import FacilityState

from ...api import ApiProblem
from ...parts.deeds import segment
from ...parts.forms import filled, point, typed, whole
from ...visit import Visit, form_of, key_of
from ..desk import GetVisit
from . import reading
from .map import facilities
from .reading import BASE

UNIT_STATES = ("available", "off_duty", "out_of_service")
PROPOSAL_SECONDS = 20.0


def routes(get_visit: GetVisit) -> APIRouter:
    """Each page, and what is done there."""
    router = APIRouter()

    @router.get("/usulan")
    async def proposals(visit: Visit = Depends(get_visit)) -> Response:
        shown = {str(one["id"]): one for one in await reading.open_incidents(visit)}
        return await _page(visit, "proposals", proposals=await _proposals(visit), shown=shown)

    @router.get("/faskes")
    async def hospitals(visit: Visit = Depends(get_visit)) -> Response:
        states = [one.value for one in FacilityState]
        return await _page(visit, "facilities", facilities=await facilities(visit), states=states)

    @router.post("/faskes/{facility_id}")
    async def set_facility(facility_id: str, visit: Visit = Depends(get_visit)) -> Response:
        values = typed(await form_of(visit))
        await visit.api.put(f"{BASE}/facilities/{segment(facility_id)}/status", _status(values))
        return _done(visit, "/gawat-darurat/faskes")

    @router.get("/unit")
    async def fleet(visit: Visit = Depends(get_visit)) -> Response:
        return await _page(visit, "units", units=await reading.units(visit), states=UNIT_STATES)

    @router.post("/unit/{unit_id}")
    async def set_unit(unit_id: str, visit: Visit = Depends(get_visit)) -> Response:
        values = typed(await form_of(visit))
        await visit.api.put(f"{BASE}/units/{segment(unit_id)}/status", filled(values, "state", "reason"))
        return _done(visit, "/gawat-darurat/unit")

    @router.post("/unit/{unit_id}/siaga")
    async def stand_by(unit_id: str, visit: Visit = Depends(get_visit)) -> Response:
        base = point(typed(await form_of(visit))).get("location")
        await visit.api.put(f"{BASE}/units/{segment(unit_id)}/standby", {"base": base})
        return _done(visit, "/gawat-darurat/unit")

    @router.post("/usulan")
    async def divert(visit: Visit = Depends(get_visit)) -> Response:
        form = await form_of(visit)
        values = typed(form)
        path = f"{BASE}/assignments/{segment(values.get('assignment', ''))}/diversion"
        await visit.api.post(path, filled(values, "incident_id", "reason"), key_of(form))
        return _done(visit, f"/gawat-darurat/insiden/{segment(values.get('incident_id', ''))}")

    @router.get("/peringatan")
    async def alerts(visit: Visit = Depends(get_visit)) -> Response:
        return await _page(visit, "alerts", alerts=await _alerts(visit))

    @router.post("/peringatan/{alert_id}/{deed}")
    async def settle(alert_id: UUID, deed: str, visit: Visit = Depends(get_visit)) -> Response:
        form = await form_of(visit)
        path = {"lihat": "acknowledgement", "selesai": "resolution"}.get(deed, "resolution")
        await visit.api.post(f"{BASE}/alerts/{alert_id}/{path}", {}, key_of(form))
        return _done(visit, "/gawat-darurat/peringatan")

    return router


def _status(values: dict[str, str]) -> dict[str, Any]:
    """The state that was pressed; what was typed of free beds, which may be nothing."""
    beds = values.get("beds_free", "")
    return {**filled(values, "state"), **({"beds_free": whole(beds)} if beds else {})}


async def _page(visit: Visit, name: str, **values: Any) -> Response:
    mark = visit.group.mark
    topics = " ".join((*reading.INCIDENT_TOPICS, "ambulance.alert"))
    return visit.show(f"dispatch/{name}.html", mark=mark, topics=topics, **values)


def _done(visit: Visit, path: str) -> Response:
    visit.group.touch("ambulance")
    return visit.go(path)


async def _alerts(visit: Visit) -> list[dict[str, Any]]:
    """Those that somebody has in hand, too: they go when their cause ends."""
    found = [one async for one in visit.api.pages(f"{BASE}/alerts", state="open", limit=100)]
    return found + [one async for one in visit.api.pages(f"{BASE}/alerts", state="acknowledged", limit=100)]


async def _proposals(visit: Visit) -> dict[str, Any] | None:
    """What the method would do now; None for who may not dispatch."""
    if not visit.may("ambulance:dispatch"):
        return None

    async def ask() -> dict[str, Any]:
        found: dict[str, Any] = await visit.api.get(f"{BASE}/proposals")
        return found

    try:
        return await visit.group.shared("proposals", reading.INCIDENT_TOPICS, ask, PROPOSAL_SECONDS)
    except ApiProblem as problem:
        if problem.status in (401, 403):
            raise
        return None
