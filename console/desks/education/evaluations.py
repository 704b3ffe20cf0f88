"""All pupils at once: what the rules say of each, and granting to all who are eligible but for some."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.waiver_values import Advice, Programme

from ...parts.deeds import segment
from ...parts.forms import Form, filled, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .applications import BASE

ROWS = 200
UNDER_WAY = ("running", "granting")


def routes(get_visit: GetVisit) -> APIRouter:
    """The list with the form to begin one; each with its exceptions."""
    router = APIRouter()

    @router.get("/penilaian")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _list(visit, Form())

    @router.post("/penilaian")
    async def start(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        body = {**filled(form.values, "programme", "school_year", "npsn"), "term": whole(form.value("term"))}
        begun = await tried(form, visit.api.post(f"{BASE}/evaluations", body, form.key))
        if begun is None:
            return await _list(visit, form)
        visit.group.touch("education")
        return visit.go(f"/pendidikan/penilaian/{begun['id']}")

    @router.get("/penilaian/{evaluation_id}")
    async def one(evaluation_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(evaluation_id), Form())

    @router.post("/penilaian/{evaluation_id}/tetapkan")
    async def grant(evaluation_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        left_out = sorted({segment(str(one)) for one in sent.getlist("leave_out")})
        body = {"count": whole(form.value("count")), "leave_out": left_out, **filled(form.values, "note")}
        path = f"{BASE}/evaluations/{evaluation_id}/grant"
        if await tried(form, visit.api.post(path, body, form.key)) is None:
            return await _show(visit, str(evaluation_id), form)
        visit.group.touch("education")
        return visit.go(f"/pendidikan/penilaian/{evaluation_id}")

    return router


async def _list(visit: Visit, form: Form) -> Response:
    found = await visit.api.get(f"{BASE}/evaluations", limit=30, cursor=visit.request.query_params.get("setelah"))
    return visit.show(
        "education/evaluations.html",
        form.status,
        evaluations=found["items"],
        next=found["next"],
        programmes=visit.options("programme", Programme),
        form=form,
    )


async def _show(visit: Visit, evaluation_id: str, form: Form) -> Response:
    asked = visit.request.query_params
    advice = asked.get("menurut", Advice.ELIGIBLE.value)
    path = f"{BASE}/evaluations/{evaluation_id}"
    evaluation = await visit.api.get(path)
    rows: dict[str, Any] = {"items": [], "next": None}
    if evaluation["state"] not in UNDER_WAY:
        query: dict[str, Any] = {"advice": advice, "npsn": asked.get("npsn"), "cursor": asked.get("setelah")}
        rows = await visit.api.get(f"{path}/pupils", **query, limit=ROWS)
    return visit.show(
        "education/evaluation.html",
        form.status,
        evaluation=evaluation,
        rows=rows["items"],
        next=rows["next"],
        advice=advice,
        npsn=asked.get("npsn", ""),
        advices=[one.value for one in Advice],
        under_way=evaluation["state"] in UNDER_WAY,
        form=form,
    )
