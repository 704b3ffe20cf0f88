"""Who is at the school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.values import WithdrawalReason

from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form
from ...parts.sending import receive, tried
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
        return await _list(visit, Form(), visit.request.query_params.get("setelah", ""))

    @router.post("/murid")
    async def search(visit: Visit = Depends(get_visit)) -> Response:
        # Not in the address: people search by NIK, and addresses are kept by browsers and proxies.
        form, _ = await receive(visit)
        return await _list(visit, form, form.value("setelah"))

    @router.get("/murid/{pupil_id}")
    async def one(pupil_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(pupil_id), Form())

    router.include_router(Deeds("education", "/murid/{id}", _show, shown=_shown).routes(DEEDS, get_visit))
    return router


async def _list(visit: Visit, form: Form, after: str) -> Response:
    about, search = await head(visit), form.value("cari")
    asked = visit.api.get(f"{BASE}/pupils", npsn=about["npsn"], search=search, cursor=after, limit=50)
    found = await tried(form, asked) or {"items": [], "next": None}
    shown = {"pupils": found["items"], "next": found["next"], "search": search, "form": form}
    return visit.show("school/pupils.html", form.status, **shown, **about)


async def _shown(visit: Visit, pupil_id: str, deed: Deed, reply: dict[str, Any]) -> Response | None:
    """What was disclosed is shown once, here, and kept nowhere."""
    return await _show(visit, pupil_id, Form(done=deed.name), reply) if deed.name == "buka" else None


async def _show(visit: Visit, pupil_id: str, form: Form, disclosed: dict[str, Any] | None = None) -> Response:
    about = await head(visit)
    pupil = await visit.api.get(f"{BASE}/pupils/{pupil_id}")
    reasons = [one.value for one in WithdrawalReason]
    template = "school/pupil_body.html" if visit.by_htmx else "school/pupil.html"
    return visit.show(template, form.status, pupil=pupil, disclosed=disclosed, form=form, reasons=reasons, **about)
