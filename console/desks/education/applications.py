"""Applications for a waiver: what the rules say of each and why, and a person's decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.waiver_values import ApplicationState

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled
from ...visit import GetVisit, Visit

BASE = "/v1/education"
WAITING = ("submitted", "evidence_needed", "appealed")
PURPOSE = "keputusan permohonan"


def _decision(values: Values) -> dict[str, Any]:
    body: dict[str, Any] = filled(values, "outcome", "note")
    if values.get("version", "").isdigit():
        body["version"] = int(values["version"])
    return body


DEEDS = (
    Deed("putuskan", "applications/{id}/decision", _decision),
    Deed("keberatan", "applications/{id}/appeal", fields("text")),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, and one application."""
    router = APIRouter()

    @router.get("")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        if not visit.may("education:apply"):
            return visit.go("/pendidikan/pembayaran")
        mark, asked = visit.group.mark, visit.request.query_params
        state = asked.get("keadaan", WAITING[0])
        query: dict[str, Any] = {"state": state, "npsn": asked.get("npsn"), "cursor": asked.get("setelah")}
        found = await visit.api.get(f"{BASE}/applications", **query, limit=50)
        return visit.show(
            "education/applications.html",
            mark=mark,
            applications=found["items"],
            next=found["next"],
            state=state,
            states=[one.value for one in ApplicationState],
        )

    @router.get("/permohonan/{application_id}")
    async def one(application_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(application_id), Form())

    router.include_router(Deeds("education", "/permohonan/{id}", _show).routes(DEEDS, get_visit))
    return router


async def _show(visit: Visit, application_id: str, form: Form) -> Response:
    mark = visit.group.mark
    found = await visit.api.get(f"{BASE}/applications/{application_id}", PURPOSE)
    template = "education/application_reply.html" if visit.by_htmx else "education/application.html"
    return visit.show(template, form.status, mark=mark, application=found, form=form)
