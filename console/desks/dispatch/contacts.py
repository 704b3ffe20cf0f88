"""One contact: taking it, and deciding what it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import Disposition, IncidentKind

from ...parts.forms import Form, filled, point, whole
from ...parts.sending import receive, tried
from ...visit import Visit
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
        form, _ = await receive(visit)
        return await _try(visit, contact_id, form, f"contacts/{contact_id}/claim", {})

    @router.post("/kontak/{contact_id}/putusan")
    async def dispose(contact_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
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
    contact = await tried(form, visit.api.post(f"{BASE}/{path}", body, form.key))
    if contact is None:
        return await _show(visit, contact_id, form)
    visit.group.touch("ambulance")
    if contact.get("incident_id"):
        return visit.go(f"/gawat-darurat/insiden/{contact['incident_id']}")
    return visit.go(f"{PATH}/{contact_id}" if contact["state"] != "disposed" else "/gawat-darurat")


async def _show(visit: Visit, contact_id: UUID, form: Form) -> Response:
    mark = visit.group.mark
    contact = placed(await visit.api.get(f"{BASE}/contacts/{contact_id}"), await reading.kelurahan(visit))
    open_now = await reading.open_incidents(visit)
    shown: dict[str, Any] = {
        "incident_topics": " ".join(reading.INCIDENT_TOPICS),
        "contact": contact,
        "form": form,
        "kinds": visit.options("kind", IncidentKind),
        "others": [one for one in Disposition if one is not Disposition.INCIDENT],
        "nearby": [one for one in open_now if one["id"] in contact["may_be_same"]],
        "elsewhere": [one for one in open_now if one["id"] not in contact["may_be_same"]],
        "mark": mark,
    }
    if visit.by_htmx:
        return visit.show("dispatch/contact_body.html", form.status, **shown)
    return visit.show("dispatch/contact.html", form.status, **{**await lists(visit), **shown})
