"""One contact: taking it, and deciding what it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import Disposition, IncidentKind

from ...api import ApiProblem, Unreachable
from ...parts.forms import Form, filled, point, typed, whole
from ...visit import Visit, form_of, key_of
from ..desk import GetVisit
from . import reading
from .board import lists
from .reading import BASE, placed

PATH = "/gawat-darurat/kontak"


def routes(get_visit: GetVisit) -> APIRouter:
    """Its page and what is done there."""
    router = APIRouter()

    @router.get("/kontak/{contact_id}")
    async def page(contact_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, contact_id, Form())

    @router.post("/kontak/{contact_id}/ambil")
    async def claim(contact_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        sent = await form_of(visit)
        form = Form(typed(sent), key_of(sent))
        return await _try(visit, contact_id, form, f"contacts/{contact_id}/claim", {})

    @router.post("/kontak/{contact_id}/putusan")
    async def dispose(contact_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        sent = await form_of(visit)
        form = Form(typed(sent), key_of(sent))
        return await _try(visit, contact_id, form, f"contacts/{contact_id}/disposition", _decision(form.values))

    return router


def _decision(values: dict[str, str]) -> dict[str, Any]:
    """A prank needs its reason, an incident its place: the API says what is missing."""
    body = filled(values, "disposition", "reason")
    if values.get("disposition") == Disposition.INCIDENT:
        body |= {**filled(values, "landmark", "kind", "incident_id"), **point(values)}
        body["patients"] = whole(values.get("patients") or "1")
    return body


async def _try(visit: Visit, contact_id: UUID, form: Form, path: str, body: dict[str, Any]) -> Response:
    try:
        contact = await visit.api.post(f"{BASE}/{path}", body, form.key)
    except ApiProblem as problem:
        if problem.status in (401, 403):
            raise
        form.problem = problem
        return await _show(visit, contact_id, form, problem.status)
    except Unreachable:
        form.unsent = True
        return await _show(visit, contact_id, form, 503)
    visit.group.touch("ambulance")
    if contact.get("incident_id"):
        return visit.go(f"/gawat-darurat/insiden/{contact['incident_id']}")
    return visit.go(f"{PATH}/{contact_id}" if contact["state"] != "disposed" else "/gawat-darurat")


async def _show(visit: Visit, contact_id: UUID, form: Form, status: int = 200) -> Response:
    mark = visit.group.mark
    shown: dict[str, Any] = {
        "incident_topics": " ".join(reading.INCIDENT_TOPICS),
        "contact": placed(await visit.api.get(f"{BASE}/contacts/{contact_id}"), await reading.kelurahan(visit)),
        "form": form,
        "kinds": visit.options("kind", IncidentKind),
        "others": [one for one in Disposition if one is not Disposition.INCIDENT],
        "open_now": await reading.open_incidents(visit),
        "mark": mark,
    }
    if visit.by_htmx:
        return visit.show("dispatch/contact_body.html", status, **shown)
    return visit.show("dispatch/contact.html", status, **{**await lists(visit), **shown})
