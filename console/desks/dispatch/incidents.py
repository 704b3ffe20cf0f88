"""One incident: who told of it, who is recommended, sending a unit, its milestones."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import HandOverRefusal, Outcome, RefusalReason

from ...api import ApiProblem
from ...parts.deeds import Deeds
from ...parts.forms import Form
from ...visit import Visit
from ..desk import GetVisit
from .board import lists
from .deeds import DEEDS
from .reading import BASE, ENDED, kelurahan, placed

PROTOCOL_SECONDS = 3600.0
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

    router.include_router(Deeds("ambulance", "/insiden/{id}", _reply).routes(DEEDS, get_visit))
    return router


async def _reply(visit: Visit, incident_id: str, form: Form) -> Response:
    """After a deed."""
    return visit.show("dispatch/incident_reply.html", form.status, **{**await _read(visit, incident_id), "form": form})


async def _read(visit: Visit, incident_id: UUID | str) -> dict[str, Any]:
    incident = placed(await visit.api.get(f"{BASE}/incidents/{incident_id}"), await kelurahan(visit))
    recommendation, callers, questions = await asyncio.gather(
        _recommendation(visit, incident),
        _callers(visit, incident) if visit.may("ambulance:intake") else _nobody(),
        _questions(visit),
    )
    return {
        "mark": visit.group.mark,
        "incident": incident,
        "form": Form(),
        "active": [one for one in incident["assignments"] if one["state"] not in ENDED],
        "ended": [one for one in incident["assignments"] if one["state"] in ENDED],
        "recommendation": recommendation,
        "callers": callers,
        "questions": questions,
        "outcomes": [one.value for one in Outcome if one is not Outcome.DECEASED],
        "hand_over_refusals": [one.value for one in HandOverRefusal],
        "refusals": [one.value for one in RefusalReason],
        "next_milestone": NEXT,
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


async def _questions(visit: Visit) -> list[dict[str, Any]]:
    async def ask() -> list[dict[str, Any]]:
        protocol = await visit.api.get(f"{BASE}/triage-protocol")
        return list(protocol["questions"])

    return await visit.group.shared("protocol", (), ask, PROTOCOL_SECONDS)


async def _nobody() -> list[dict[str, Any]]:
    return []
