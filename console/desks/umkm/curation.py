"""Products before the assessors: each scores apart, somebody else decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.forms import Form, filled, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .businesses import BASE, seen

FEW_POINTS = 10
"""Up to so many points are buttons, more are typed."""


def routes(get_visit: GetVisit) -> APIRouter:
    """What waits, and one product."""
    router = APIRouter()

    @router.get("/kurasi")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        mark = visit.group.mark
        found = await visit.api.get(f"{BASE}/curations", cursor=visit.request.query_params.get("setelah"), limit=50)
        return visit.show("umkm/curations.html", curations=found["items"], next=found["next"], mark=mark)

    @router.get("/kurasi/{listing_id}")
    async def one(listing_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(listing_id), Form())

    @router.post("/kurasi/{listing_id}/nilai")
    async def assess(listing_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        given = [(name.partition(".")[2], value) for name, value in form.values.items() if name.startswith("points.")]
        scores = [{"criterion": name, "points": whole(value)} for name, value in given if value]
        body = {"scores": scores, **filled(form.values, "remark")}
        return await _send(visit, str(listing_id), "assessments", body, form)

    @router.post("/kurasi/{listing_id}/putuskan")
    async def decide(listing_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        body = {"publish": form.value("publish") == "yes", **filled(form.values, "reason"), **seen(form.values)}
        return await _send(visit, str(listing_id), "decision", body, form)

    @router.get("/foto/{photo_id}")
    async def photo(photo_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.api.file(f"{BASE}/photos/{photo_id}")
        return visit.reply(Response(body, headers={"Cache-Control": "private, max-age=600"}, media_type="image/jpeg"))

    return router


async def _send(visit: Visit, listing_id: str, what: str, body: dict[str, Any], form: Form) -> Response:
    if await tried(form, visit.api.post(f"{BASE}/listings/{listing_id}/{what}", body, form.key)) is None:
        return await _show(visit, listing_id, form)
    visit.group.touch("umkm")
    return visit.go(f"/umkm/kurasi/{listing_id}")


async def _show(visit: Visit, listing_id: str, form: Form) -> Response:
    mark = visit.group.mark
    found = await visit.api.get(f"{BASE}/listings/{listing_id}/curation")
    mine = any(one["assessor"] == visit.session.subject for one in found["assessments"])
    shown = {"curation": found, "listing": found["listing"], "mine": mine, "few": FEW_POINTS, "form": form}
    return visit.show("umkm/curation.html", form.status, mark=mark, **shown)
