"""Batches of payments: drafted by one, verified, approved by another, sent to the bank, answered by it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.responses import Response

from contracts.education.waiver_values import LineState, Programme

from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .applications import BASE
from .claims import seen

STEPS = ("draft", "verified", "approved", "exported", "reconciled")
DEEDS = (
    Deed("periksa", "disbursements/{id}/verification", seen),
    Deed("setujui", "disbursements/{id}/approval", seen),
    Deed("kirim", "disbursements/{id}/export", seen),
    Deed("batalkan-berkas", "disbursements/{id}/void", fields("reason")),
    Deed("batalkan", "disbursements/{id}/cancellation", fields("reason")),
    Deed("nomor", "disbursements/{id}/treasury-numbers", fields("spp", "spm", "sp2d")),
    Deed("keluarkan", "disbursements/{id}/lines/{line}/removal", fields("reason")),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The batches, and one of them."""
    router = APIRouter()

    @router.get("/pembayaran")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _list(visit, Form())

    @router.post("/pembayaran")
    async def draft(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        body = {"programme": form.value("programme"), "budget_year": whole(form.value("budget_year"))}
        batch = await tried(form, visit.api.post(f"{BASE}/disbursements", body, form.key))
        if batch is None:
            return await _list(visit, form)
        visit.group.touch("education")
        return visit.go(f"/pendidikan/pembayaran/{batch['id']}")

    @router.get("/pembayaran/{batch_id}")
    async def one(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(batch_id), Form())

    @router.get("/pembayaran/{batch_id}/berkas-bank")
    async def file(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.api.file(f"{BASE}/disbursements/{batch_id}/bank-file")
        headers = {"Content-Disposition": f'attachment; filename="bank-{batch_id}.csv"'}
        return visit.reply(Response(body, headers=headers, media_type="text/csv"))

    @router.post("/pembayaran/{batch_id}/jawaban-bank")
    async def answer(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _answer(visit, str(batch_id))

    router.include_router(Deeds("education", "/pembayaran/{id}", _show).routes(DEEDS, get_visit))
    return router


async def _answer(visit: Visit, batch_id: str) -> Response:
    form, sent = await receive(visit)
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        form.no_file = True
        return await _show(visit, batch_id, form)
    path = f"{BASE}/disbursements/{batch_id}/bank-results"
    if await tried(form, visit.api.upload(path, {}, file.filename, file.file, form.key)) is None:
        return await _show(visit, batch_id, form)
    visit.group.touch("education")
    return visit.go(f"/pendidikan/pembayaran/{batch_id}")


async def _list(visit: Visit, form: Form) -> Response:
    mark = visit.group.mark
    found = await visit.api.get(f"{BASE}/disbursements", limit=50, cursor=visit.request.query_params.get("setelah"))
    shown = {"batches": found["items"], "next": found["next"], "programmes": visit.options("programme", Programme)}
    return visit.show("education/payments.html", form.status, mark=mark, form=form, **shown)


async def _show(visit: Visit, batch_id: str, form: Form) -> Response:
    mark, asked = visit.group.mark, visit.request.query_params
    path = f"{BASE}/disbursements/{batch_id}"
    batch = await visit.api.get(path)
    state = asked.get("keadaan", "")
    lines: dict[str, Any] = await visit.api.get(f"{path}/lines", state=state, cursor=asked.get("setelah"), limit=100)
    template = "education/payment_reply.html" if visit.by_htmx else "education/payment.html"
    return visit.show(
        template,
        form.status,
        mark=mark,
        batch=batch,
        lines=lines["items"],
        next=lines["next"],
        state=state,
        line_states=[one.value for one in LineState],
        steps=STEPS,
        done=STEPS.index(batch["state"]) if batch["state"] in STEPS else -1,
        form=form,
    )
