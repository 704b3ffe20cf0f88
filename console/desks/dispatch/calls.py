"""Taking a call: saved as a contact, or opened as an incident at once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.ambulance.values import IncidentKind

from ...api import ApiProblem, Unreachable
from ...parts.forms import Form, filled, point, typed, whole
from ...visit import Visit, form_of, key_of
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
        sent = await form_of(visit)
        form = Form(typed(sent), key_of(sent))
        try:
            return await _take(visit, form)
        except ApiProblem as problem:
            if problem.status in (401, 403):
                raise
            form.problem = problem
            return await _show(visit, form, problem.status)
        except Unreachable:
            form.unsent = True
            return await _show(visit, form, 503)

    return router


async def _take(visit: Visit, form: Form) -> Response:
    if form.value("then") == "contact":
        body = {**filled(form.values, "complaint", "phone", *PLACE), **point(form.values), "channel": "call"}
        await visit.api.post(f"{BASE}/contacts", body, form.key)
        visit.group.touch("ambulance")
        return visit.go("/gawat-darurat")
    incident = await visit.api.post(f"{BASE}/incidents", _incident(form.values), form.key)
    if colour := form.value("triage"):
        path = f"{BASE}/incidents/{incident['id']}/triage"
        await visit.api.post(path, {"triage": colour}, form.key)
    visit.group.touch("ambulance")
    return visit.go(f"/gawat-darurat/insiden/{incident['id']}")


def _incident(values: dict[str, str]) -> dict[str, Any]:
    return {
        **filled(values, "complaint", "phone", "kind", *PLACE),
        **point(values),
        "patients": whole(values.get("patients") or "1"),
        "channel": "call",
    }


async def _show(visit: Visit, form: Form, status: int = 200) -> Response:
    kinds = visit.options("kind", IncidentKind)
    if visit.by_htmx:
        return visit.show("dispatch/call_form.html", status, form=form, kinds=kinds)
    return visit.show("dispatch/call.html", status, form=form, kinds=kinds, **await lists(visit))
