"""Children who stand in the lists of two schools: the receiving school confirms, the other may object."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form, filled
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .which import BASE, head

DEEDS = (Deed("tolak", "transfers/{id}/decline"), Deed("keberatan", "transfers/{id}/objection", fields("reason")))


def routes(get_visit: GetVisit) -> APIRouter:
    """The page and what is done there."""
    router = APIRouter()

    @router.get("/pindahan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    @router.post("/pindahan")
    async def confirm(visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        body = {"transfer_ids": [str(one) for one in sent.getlist("transfer")], **filled(form.values, "from_on")}
        if await tried(form, visit.api.post(f"{BASE}/transfer-confirmations", body, form.key)) is None:
            return await _show(visit, "", form)
        visit.group.touch("education")
        return visit.go("/sekolah/pindahan")

    router.include_router(
        Deeds("education", "/pindahan/{id}", _show, lambda *_: "/sekolah/pindahan").routes(DEEDS, get_visit)
    )
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    about = await head(visit)
    found = [
        one
        for state in ("proposed", "disputed")
        async for one in visit.api.pages(f"{BASE}/transfers", npsn=about["npsn"], state=state, limit=200)
    ]
    coming = [one for one in found if one["to_npsn"] == about["npsn"] or not about["own"]]
    going = [one for one in found if one not in coming]
    return visit.show("school/transfers.html", form.status, coming=coming, going=going, form=form, **about)
