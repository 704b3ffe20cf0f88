"""One incident: who told of it, who is recommended, sending a unit, its milestones."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...api import ApiProblem, Unreachable
from ...parts.forms import filled, typed
from ...visit import Visit, form_of, key_of
from ..desk import GetVisit
from .board import lists
from .reading import BASE, ENDED

PATH = "/gawat-darurat/insiden"
AWAITING = ("received", "triaged", "dispatching")
NEXT = {
    "dispatched": "acknowledged",
    "acknowledged": "en_route",
    "en_route": "on_scene",
    "on_scene": "patient_loaded",
    "patient_loaded": "at_hospital",
    "at_hospital": "handed_over",
    "handed_over": "completed",
}


def routes(get_visit: GetVisit) -> APIRouter:
    """The page of an incident and what is done there."""
    router = APIRouter()

    @router.get("/insiden/{incident_id}")
    async def page(incident_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        around, here = await asyncio.gather(lists(visit), _read(visit, incident_id))
        return visit.show("dispatch/incident.html", **{**around, **here})

    @router.get("/insiden/{incident_id}/isi")
    async def body(incident_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("dispatch/incident_body.html", **await _read(visit, incident_id))

    @router.post("/insiden/{incident_id}/kirim")
    async def send(incident_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _do(visit, incident_id, f"incidents/{incident_id}/assignments", ("unit_id",))

    @router.post("/insiden/{incident_id}/warna")
    async def colour(incident_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _do(visit, incident_id, f"incidents/{incident_id}/triage", ("triage",))

    @router.post("/insiden/{incident_id}/penugasan/{assignment_id}/tonggak")
    async def milestone(incident_id: UUID, assignment_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _do(visit, incident_id, f"assignments/{assignment_id}/milestones", ("milestone",))

    return router


async def _do(visit: Visit, incident_id: UUID, path: str, fields: tuple[str, ...]) -> Response:
    """A deed, then the incident as it is now; what was refused is said above it."""
    form = await form_of(visit)
    values = typed(form)
    said: dict[str, Any] = {"done": True}
    status = 200
    try:
        await visit.api.post(f"{BASE}/{path}", filled(values, *fields), key_of(form))
    except ApiProblem as problem:
        if problem.status in (401, 403):
            raise
        said, status = {"problem": problem}, problem.status
    except Unreachable:
        said, status = {"unsent": True}, 503
    visit.group.touch("ambulance")
    if not visit.by_htmx and status == 200:
        return visit.go(f"{PATH}/{incident_id}")
    return visit.show("dispatch/incident_reply.html", status, **{**await _read(visit, incident_id), **said})


async def _read(visit: Visit, incident_id: UUID) -> dict[str, Any]:
    incident = await visit.api.get(f"{BASE}/incidents/{incident_id}")
    recommendation, callers = await asyncio.gather(
        _recommendation(visit, incident), _callers(visit, incident) if visit.may("ambulance:intake") else _nobody()
    )
    return {
        "mark": visit.group.mark,
        "incident": incident,
        "active": [one for one in incident["assignments"] if one["state"] not in ENDED],
        "ended": [one for one in incident["assignments"] if one["state"] in ENDED],
        "recommendation": recommendation,
        "callers": callers,
        "next_milestone": NEXT,
        "problem": None,
        "unsent": False,
        "done": False,
    }


async def _recommendation(visit: Visit, incident: dict[str, Any]) -> dict[str, Any] | None:
    """None where nobody is to be sent, or the place is not known yet."""
    if incident["state"] == "closed" or not visit.may("ambulance:dispatch"):
        return None
    try:
        found: dict[str, Any] = await visit.api.get(f"{BASE}/incidents/{incident['id']}/recommendation", limit=8)
    except ApiProblem:
        return None
    return found


async def _callers(visit: Visit, incident: dict[str, Any]) -> list[dict[str, Any]]:
    """Who told of it, with the number to ring back: a dispatcher on an open incident needs no purpose typed."""
    page = await visit.api.get(f"{BASE}/contacts", incident_id=incident["id"], limit=20)
    asked = (visit.api.get(f"{BASE}/contacts/{one['id']}") for one in page["items"])
    return list(await asyncio.gather(*asked)) if incident["state"] != "closed" else list(page["items"])


async def _nobody() -> list[dict[str, Any]]:
    return []
