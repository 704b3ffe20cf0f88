"""What parents ask and complain of: corrections within three times 24 hours, levies, and reviews."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled
from ...visit import GetVisit, Visit
from .applications import BASE

HERE, PURPOSE = "/pendidikan/pengaduan", "menjawab pengaduan"


def _answered(values: Values) -> dict[str, Any]:
    return {"corrected": values.get("corrected") == "yes", **filled(values, "answer")}


def _decided(values: Values) -> dict[str, Any]:
    return {"upheld": values.get("upheld") == "yes", **filled(values, "answer")}


def routes(get_visit: GetVisit) -> APIRouter:
    """One page with the three lists."""
    router = APIRouter()

    @router.get("/pengaduan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    for where, deed in (
        ("/perbaikan/{id}", Deed("jawab", "correction-requests/{id}/answer", _answered)),
        ("/pungutan/{id}", Deed("putus", "levy-complaints/{id}/decision", _decided)),
        ("/tinjauan/{id}", Deed("selesai", "reviews/{id}/completion", fields("note"))),
    ):
        router.include_router(Deeds("education", where, _show, lambda *_: HERE).routes((deed,), get_visit))
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    mark = visit.group.mark
    corrections = (await visit.api.get(f"{BASE}/correction-requests", PURPOSE, answered=False, limit=100))["items"]
    levies = (await visit.api.get(f"{BASE}/levy-complaints", state="received", limit=100))["items"]
    reviews = (await visit.api.get(f"{BASE}/reviews", PURPOSE, state="open", limit=100))["items"]
    shown = {"corrections": corrections, "levies": levies, "reviews": reviews}
    return visit.show("education/complaints.html", form.status, mark=mark, form=form, **shown)
