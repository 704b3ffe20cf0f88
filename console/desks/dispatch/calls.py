"""Taking a call: saved as a contact, or opened as an incident at once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import IncidentKind

from ...parts.forms import Form, filled, point, whole
from ...parts.sending import receive, tried
from ...visit import Visit
from ..desk import GetVisit
from .board import lists
from .reading import BASE

PLACE = ("kelurahan_code", "landmark")


def routes(get_visit: GetVisit) -> APIRouter:
    """The form, and sending it."""
    router = APIRouter()

    @router.get("/panggilan")
    async def blank(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, Form())

    @router.post("/panggilan")
    async def take(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        path = await tried(form, _take(visit, form))
        if path is None:
            return await _show(visit, form)
        visit.group.touch("ambulance")
        return visit.go(path)

    return router


async def _take(visit: Visit, form: Form) -> str:
    """Where it leads to."""
    if form.value("then") == "contact":
        body = {**filled(form.values, "complaint", "phone", *PLACE), **point(form.values), "channel": "call"}
        await visit.api.post(f"{BASE}/contacts", body, form.key)
        return "/gawat-darurat"
    incident = await visit.api.post(f"{BASE}/incidents", _incident(form.values), form.key)
    if colour := form.value("triage"):
        path = f"{BASE}/incidents/{incident['id']}/triage"
        await visit.api.post(path, {"triage": colour}, form.key)
    return f"/gawat-darurat/insiden/{incident['id']}"


def _incident(values: dict[str, str]) -> dict[str, Any]:
    return {
        **filled(values, "complaint", "phone", "kind", *PLACE),
        **point(values),
        "patients": whole(values.get("patients") or "1"),
        "channel": "call",
    }


async def _show(visit: Visit, form: Form) -> Response:
    kinds = visit.options("kind", IncidentKind)
    if visit.by_htmx:
        return visit.show("dispatch/call_form.html", form.status, form=form, kinds=kinds)
    return visit.show("dispatch/call.html", form.status, form=form, kinds=kinds, **await lists(visit))
