"""Who is behind with what is owed; one loan with its schedule and ledger."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.umkm.capital_values import LoanState

from ...parts.deeds import Deed, Deeds
from ...parts.forms import Form
from ...visit import GetVisit, Visit
from .businesses import BASE, told

BEHIND = (LoanState.ARREARS.value, LoanState.IN_RECOURSE.value, LoanState.FROZEN.value)
DEEDS = (Deed("hilang", "loans/{id}/recourse", told("reason")), Deed("kembali", "loans/{id}/return", told("reason")))


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, to be printed for those who visit; one loan."""
    router = APIRouter()

    @router.get("/tunggakan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        mark = visit.group.mark
        state = visit.request.query_params.get("keadaan", BEHIND[0])
        found = [one async for one in visit.api.pages(f"{BASE}/loans", state=state, limit=200)]
        return visit.show("umkm/arrears.html", loans=found, state=state, states=BEHIND, mark=mark)

    @router.get("/pinjaman/{loan_id}")
    async def one(loan_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(loan_id), Form())

    router.include_router(Deeds("umkm", "/pinjaman/{id}", _show).routes(DEEDS, get_visit))
    return router


async def _show(visit: Visit, loan_id: str, form: Form) -> Response:
    mark = visit.group.mark
    loan = await visit.api.get(f"{BASE}/loans/{loan_id}")
    entries = [one async for one in visit.api.pages(f"{BASE}/loans/{loan_id}/entries", limit=200)]
    return visit.show("umkm/loan.html", form.status, mark=mark, loan=loan, entries=entries, form=form)
