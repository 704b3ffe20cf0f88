"""Children who stand in the lists of two schools: the receiving school confirms, the other may object."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...api import ApiProblem, Unreachable
from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form, filled, typed
from ...visit import GetVisit, Visit, form_of, key_of
from .which import BASE, head

DEEDS = (Deed("tolak", "transfers/{id}/decline"), Deed("keberatan", "transfers/{id}/objection", fields("reason")))


def routes(get_visit: GetVisit) -> APIRouter:
    """The page and what is done there."""
    router = APIRouter()

    @router.get("/pindahan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form(), 200)

    @router.post("/pindahan")
    async def confirm(visit: Visit = Depends(get_visit)) -> Response:
        sent = await form_of(visit)
        form = Form(typed(sent), key_of(sent))
        body: dict[str, Any] = {"transfer_ids": [str(one) for one in sent.getlist("transfer")]}
        try:
            await visit.api.post(f"{BASE}/transfer-confirmations", {**body, **filled(form.values, "from_on")}, form.key)
        except ApiProblem as problem:
            if problem.status in (401, 403):
                raise
            form.problem = problem
            return await _show(visit, "", form, problem.status)
        except Unreachable:
            form.unsent = True
            return await _show(visit, "", form, 503)
        visit.group.touch("education")
        return visit.go("/sekolah/pindahan")

    router.include_router(
        Deeds("education", "/pindahan/{id}", _show, lambda *_: "/sekolah/pindahan").routes(DEEDS, get_visit)
    )
    return router


async def _show(visit: Visit, _: str, form: Form, status: int) -> Response:
    about = await head(visit)
    found = [
        one
        for state in ("proposed", "disputed")
        async for one in visit.api.pages(f"{BASE}/transfers", npsn=about["npsn"], state=state, limit=200)
    ]
    coming = [one for one in found if one["to_npsn"] == about["npsn"] or not about["own"]]
    going = [one for one in found if one not in coming]
    return visit.show("school/transfers.html", status, coming=coming, going=going, form=form, **about)
