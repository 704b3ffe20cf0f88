"""Who came to a session, by the numbers on the list that they signed; and who passed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.forms import Form, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .businesses import BASE, seen

ON_THE_LIST = ("accepted", "offered", "attended", "passed", "failed", "no_show")


def routes(get_visit: GetVisit) -> APIRouter:
    """The list to be printed, the list to be typed in, the results."""
    router = APIRouter()

    @router.get("/pelatihan/{batch_id}/sesi/{session}/daftar")
    async def paper(batch_id: UUID, session: int, visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.api.file(f"{BASE}/batches/{batch_id}/sessions/{session}/list")
        headers = {"Content-Disposition": f'inline; filename="daftar-hadir-{session}.pdf"'}
        return visit.reply(Response(body, headers=headers, media_type="application/pdf"))

    @router.get("/pelatihan/{batch_id}/sesi/{session}")
    async def page(batch_id: UUID, session: int, visit: Visit = Depends(get_visit)) -> Response:
        return await _session(visit, str(batch_id), session, Form(), None)

    @router.post("/pelatihan/{batch_id}/sesi/{session}")
    async def typed_in(batch_id: UUID, session: int, visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        present = [str(one) for one in sent.getlist("present")]
        path = f"{BASE}/batches/{batch_id}/sessions/{session}/attendance"
        if await tried(form, visit.api.post(path, {"present": list(map(whole, present))}, form.key)) is None:
            return await _session(visit, str(batch_id), session, form, present)
        visit.group.touch("umkm")
        return visit.go(f"/umkm/pelatihan/{batch_id}")

    @router.get("/pelatihan/{batch_id}/hasil")
    async def results(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _results(visit, str(batch_id), Form(), None)

    @router.post("/pelatihan/{batch_id}/hasil")
    async def finish(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        passed = {str(one) for one in sent.getlist("passed")}
        listed = [str(one) for one in sent.getlist("listed")]
        told = [{"number": whole(one), "passed": one in passed} for one in listed]
        path = f"{BASE}/batches/{batch_id}/results"
        if await tried(form, visit.api.post(path, {"results": told, **seen(form.values)}, form.key)) is None:
            return await _results(visit, str(batch_id), form, passed)
        visit.group.touch("umkm")
        return visit.go(f"/umkm/pelatihan/{batch_id}")

    return router


async def _read(visit: Visit, batch_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The batch, and whoever has a number on the list."""
    batch = await visit.api.get(f"{BASE}/batches/{batch_id}")
    seats = [one async for one in visit.api.pages(f"{BASE}/seats", batch_id=batch_id, limit=200)]
    return batch, sorted((one for one in seats if one["state"] in ON_THE_LIST), key=lambda one: one["number"])


async def _session(visit: Visit, batch_id: str, session: int, form: Form, marked: Collection[str] | None) -> Response:
    """`marked`: the numbers as they were sent, if they were refused; else those that are kept."""
    batch, seats = await _read(visit, batch_id)
    if marked is None:
        marked = {str(one["number"]) for one in seats if session in one["sessions"]}
    shown = {"batch": batch, "seats": seats, "session": session, "marked": marked, "form": form}
    return visit.show("umkm/attendance.html", form.status, **shown)


async def _results(visit: Visit, batch_id: str, form: Form, marked: Collection[str] | None) -> Response:
    batch, seats = await _read(visit, batch_id)
    came = [one for one in seats if one["sessions"]]
    enough = {str(one["number"]) for one in came if len(one["sessions"]) >= batch["sessions_needed"]}
    marked = enough if marked is None else marked
    shown = {"batch": batch, "seats": came, "enough": enough, "marked": marked, "form": form}
    return visit.show("umkm/results.html", form.status, absent=len(seats) - len(came), **shown)
