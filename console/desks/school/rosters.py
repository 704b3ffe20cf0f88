"""Rosters: sending a list, watching it being read, its preview with errors in place, applying it, taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.responses import Response

from contracts.education.values import RowOutcome

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .which import BASE, head

ROWS = 100
READING = ("uploaded", "parsing", "applying")


def _apply(values: Values) -> dict[str, Any]:
    body: dict[str, Any] = filled(values, "confirm_npsn")
    if values.get("end_missing"):
        body["end_missing"] = True
        if values.get("end_count"):
            body["end_count"] = whole(values["end_count"])
    return body


DEEDS = (
    Deed("terapkan", "rosters/{id}/application", _apply),
    Deed("buang", "rosters/{id}/abandonment"),
    Deed("batalkan", "rosters/{id}/undoing", fields("reason")),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list of rosters with the form to send one; the page of each."""
    router = APIRouter()

    @router.get("")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _list(visit, Form())

    @router.post("/daftar")
    async def send(visit: Visit = Depends(get_visit)) -> Response:
        return await _send(visit)

    @router.get("/daftar/{roster_id}")
    async def one(roster_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("school/roster.html", **await _read(visit, str(roster_id), Form()))

    @router.get("/daftar/{roster_id}/isi")
    async def body(roster_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("school/roster_body.html", **await _read(visit, str(roster_id), Form()))

    @router.get("/daftar/{roster_id}/ditolak")
    async def refused(roster_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.api.file(f"{BASE}/rosters/{roster_id}/refused-rows")
        headers = {"Content-Disposition": 'attachment; filename="baris-ditolak.xlsx"'}
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return visit.reply(Response(body, headers=headers, media_type=kind))

    router.include_router(Deeds("education", "/daftar/{id}", _reply).routes(DEEDS, get_visit))
    return router


async def _send(visit: Visit) -> Response:
    form, sent = await receive(visit)
    file, given = sent.get("file"), filled(form.values, "npsn", "school_year", "effective_on")
    if not isinstance(file, UploadFile) or not file.filename:
        form.no_file = True
        return await _list(visit, form)
    roster = await tried(form, visit.api.upload(f"{BASE}/rosters", given, file.filename, file.file, form.key))
    if roster is None:
        return await _list(visit, form)
    visit.group.touch("education")
    return visit.go(f"/sekolah/daftar/{roster['id']}")


async def _list(visit: Visit, form: Form) -> Response:
    about = await head(visit)
    found = (await visit.api.get(f"{BASE}/rosters", npsn=about["npsn"], limit=30))["items"]
    return visit.show("school/rosters.html", form.status, rosters=found, form=form, **about)


async def _reply(visit: Visit, roster_id: str, form: Form) -> Response:
    return visit.show("school/roster_reply.html", form.status, **await _read(visit, roster_id, form))


async def _read(visit: Visit, roster_id: str, form: Form) -> dict[str, Any]:
    asked = visit.request.query_params
    outcome = asked.get("hasil", "")
    roster = await visit.api.get(f"{BASE}/rosters/{roster_id}")
    rows: dict[str, Any] = {"items": [], "next": None}
    if roster["state"] in ("preview", "applied", "applying"):
        path, after = f"{BASE}/rosters/{roster_id}/rows", asked.get("setelah")
        rows = await visit.api.get(path, outcome=outcome, cursor=after, limit=ROWS)
    return {
        **await head(visit),
        "roster": roster,
        "rows": rows["items"],
        "next": rows["next"],
        "outcome": outcome,
        "outcomes": [one.value for one in RowOutcome],
        "reading": roster["state"] in READING,
        "form": form,
    }
