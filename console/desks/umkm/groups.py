"""Groups that vouch for each other: checked by the office, then by the bank, then paid out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.umkm.capital_values import GroupState, RefusalReason

from ...parts.deeds import Deed, Deeds, segment
from ...parts.forms import Form, filled, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .businesses import BASE, seen, told

OFFICE_REASONS = tuple(one for one in RefusalReason if one is not RefusalReason.CREDIT_CHECK)
DEEDS = (Deed("ajukan", "groups/{id}/submission", seen), Deed("bubarkan", "groups/{id}/dissolution", told("reason")))


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, and one group with what is checked of its members."""
    router = APIRouter()

    @router.get("/kelompok")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        mark, asked = visit.group.mark, visit.request.query_params
        state, late = asked.get("keadaan", ""), asked.get("terlambat") == "ya"
        found = await visit.api.get(
            f"{BASE}/groups", state=state, overdue=late or None, cursor=asked.get("setelah"), limit=50
        )
        shown = {"groups": found["items"], "next": found["next"], "state": state, "late": late}
        return visit.show("umkm/groups.html", states=[one.value for one in GroupState], mark=mark, **shown)

    @router.get("/kelompok/{group_id}")
    async def one(group_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(group_id), Form())

    @router.post("/kelompok/{group_id}/berkas")
    async def papers(group_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        passed = form.value("passed") == "yes"
        body = {"passed": passed, "reasons": [] if passed else [str(one) for one in sent.getlist("reasons")]}
        return await _send(visit, str(group_id), f"loans/{segment(form.value('loan'))}/papers-check", body, form)

    @router.post("/kelompok/{group_id}/kredit")
    async def credit(group_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        body = {"passed": form.value("passed") == "yes"}
        return await _send(visit, str(group_id), f"loans/{segment(form.value('loan'))}/credit-check", body, form)

    @router.post("/kelompok/{group_id}/cairkan")
    async def disburse(group_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        sums = [(name.partition(".")[2], value) for name, value in form.values.items() if name.startswith("sum.")]
        payouts = [{"loan_id": loan, "rupiah": whole(value.replace(".", ""))} for loan, value in sums]
        body = {**filled(form.values, "disbursed_on"), "payouts": payouts, **seen(form.values)}
        return await _send(visit, str(group_id), f"groups/{group_id}/disbursement", body, form)

    router.include_router(Deeds("umkm", "/kelompok/{id}", _show).routes(DEEDS, get_visit))
    return router


async def _send(visit: Visit, group_id: str, what: str, body: dict[str, Any], form: Form) -> Response:
    if await tried(form, visit.api.post(f"{BASE}/{what}", body, form.key)) is None:
        return await _show(visit, group_id, form)
    visit.group.touch("umkm")
    return visit.go(f"/umkm/kelompok/{group_id}")


async def _show(visit: Visit, group_id: str, form: Form) -> Response:
    mark = visit.group.mark
    group = await visit.api.get(f"{BASE}/groups/{group_id}")
    reasons = visit.options("loan_refusal", OFFICE_REASONS)
    return visit.show("umkm/group.html", form.status, mark=mark, group=group, reasons=reasons, form=form)
