"""Who is at the school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.values import WithdrawalReason

from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form
from ...visit import GetVisit, Visit
from .which import BASE, head

DEEDS = (
    Deed("buka", "pupils/{id}/disclosure", fields("reason")),
    Deed("keluar", "pupils/{id}/withdrawal", fields("reason", "last_day")),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, and one pupil."""
    router = APIRouter()

    @router.get("/murid")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        about, asked = await head(visit), visit.request.query_params
        query = {"npsn": about["npsn"], "search": asked.get("cari"), "cursor": asked.get("setelah"), "limit": 50}
        found = await visit.api.get(f"{BASE}/pupils", **query)
        search = asked.get("cari", "")
        return visit.show("school/pupils.html", pupils=found["items"], next=found["next"], search=search, **about)

    @router.get("/murid/{pupil_id}")
    async def one(pupil_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(pupil_id), Form(), 200)

    router.include_router(Deeds("education", "/murid/{id}", _show, shown=_shown).routes(DEEDS, get_visit))
    return router


async def _shown(visit: Visit, pupil_id: str, deed: Deed, reply: dict[str, Any]) -> Response | None:
    """What was disclosed is shown once, here, and kept nowhere."""
    return await _show(visit, pupil_id, Form(done=deed.name), 200, reply) if deed.name == "buka" else None


async def _show(
    visit: Visit, pupil_id: str, form: Form, status: int, disclosed: dict[str, Any] | None = None
) -> Response:
    about = await head(visit)
    pupil = await visit.api.get(f"{BASE}/pupils/{pupil_id}", purpose="meja sekolah")
    reasons = [one.value for one in WithdrawalReason]
    template = "school/pupil_body.html" if visit.by_htmx else "school/pupil.html"
    return visit.show(template, status, pupil=pupil, disclosed=disclosed, form=form, reasons=reasons, **about)
