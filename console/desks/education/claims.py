"""What schools claim, approved or sent back; and the budgets that pay for it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.waiver_values import ClaimState

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form
from ...visit import GetVisit, Visit
from .applications import BASE


def seen(values: Values) -> dict[str, Any]:
    return {"version": int(values["version"])} if values.get("version", "").isdigit() else {}


DEEDS = (Deed("setujui", "claims/{id}/approval", seen), Deed("kembalikan", "claims/{id}/return", fields("reason")))


def routes(get_visit: GetVisit) -> APIRouter:
    """The list with what is done there; the budgets."""
    router = APIRouter()

    @router.get("/klaim")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    @router.get("/anggaran")
    async def budgets(visit: Visit = Depends(get_visit)) -> Response:
        mark = visit.group.mark
        found = (await visit.api.get(f"{BASE}/budgets"))["items"]
        return visit.show("education/budgets.html", mark=mark, budgets=found)

    router.include_router(
        Deeds("education", "/klaim/{id}", _show, lambda *_: "/pendidikan/klaim").routes(DEEDS, get_visit)
    )
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    mark, asked = visit.group.mark, visit.request.query_params
    state = asked.get("keadaan", ClaimState.SUBMITTED.value)
    query: dict[str, Any] = {"state": state, "cursor": asked.get("setelah")}
    found = await visit.api.get(f"{BASE}/claims", **query, limit=50)
    states = [one.value for one in ClaimState]
    shown = {"claims": found["items"], "next": found["next"], "state": state, "states": states}
    return visit.show("education/claims.html", form.status, mark=mark, form=form, **shown)
