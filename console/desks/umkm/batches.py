"""Trainings and bazaars: announced, moved, cancelled; seats for those who come to the counter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.umkm.values import BatchKind, BatchState

from ...parts.deeds import Deed, Deeds, Values
from ...parts.forms import Form, filled, whole, wib_moment
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .businesses import BASE, seen, told
from .places import kelurahan

MEETINGS = 10
"""Lines of the form; most trainings have one to five."""


def _sessions(values: Values) -> list[dict[str, Any]]:
    """Day, begin and end of each line that is filled in, in WIB."""
    found = []
    for number in range(1, MEETINGS + 1):
        day, begins, ends = (values.get(f"{name}_{number}", "") for name in ("day", "begins", "ends"))
        if day or begins or ends:
            found.append({"begins_at": wib_moment(f"{day}T{begins}"), "ends_at": wib_moment(f"{day}T{ends}")})
    return found


def _dates(values: Values) -> dict[str, Any]:
    return {"sessions": _sessions(values), **seen(values)}


DEEDS = (
    Deed("kuota", "batches/{id}/quota", lambda values: {"quota": whole(values.get("quota", "")), **seen(values)}),
    Deed("tunda", "batches/{id}/postponement", told("reason")),
    Deed("jadwal", "batches/{id}/dates", _dates),
    Deed("batal", "batches/{id}/cancellation", told("reason")),
    Deed("lepas", "seats/{seat}/release"),
    Deed("terima", "seats/{seat}/acceptance"),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, the form for a new one, one of them."""
    router = APIRouter()

    @router.get("/pelatihan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        mark, asked = visit.group.mark, visit.request.query_params
        state = asked.get("keadaan", "")
        found = await visit.api.get(f"{BASE}/batches", state=state, cursor=asked.get("setelah"), limit=50)
        shown = {"batches": found["items"], "next": found["next"], "state": state}
        return visit.show("umkm/batches.html", states=[one.value for one in BatchState], mark=mark, **shown)

    @router.get("/pelatihan/baru")
    async def blank(visit: Visit = Depends(get_visit)) -> Response:
        return _new(visit, Form())

    @router.post("/pelatihan/baru")
    async def announce(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        values = form.values
        body = filled(values, "kind", "title", "description", "venue", "kelurahan_code")
        body |= {"quota": whole(values.get("quota", "")), "sessions": _sessions(values)}
        body["opens_at"] = wib_moment(values.get("opens_at", ""))
        if values.get("priority_hours"):
            body["priority_hours"] = whole(values["priority_hours"])
        made = await tried(form, visit.api.post(f"{BASE}/batches", body, form.key))
        if made is None:
            return _new(visit, form)
        visit.group.touch("umkm")
        return visit.go(f"/umkm/pelatihan/{made['id']}")

    @router.get("/pelatihan/{batch_id}")
    async def one(batch_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(batch_id), Form())

    router.include_router(Deeds("umkm", "/pelatihan/{id}", _show).routes(DEEDS, get_visit))
    return router


def _new(visit: Visit, form: Form) -> Response:
    kinds = visit.options("batch_kind", BatchKind)
    template = "umkm/announcing_form.html" if visit.by_htmx else "umkm/announcing.html"
    return visit.show(template, form.status, kinds=kinds, places=kelurahan(), meetings=MEETINGS, form=form)


async def _show(visit: Visit, batch_id: str, form: Form) -> Response:
    mark = visit.group.mark
    batch = await visit.api.get(f"{BASE}/batches/{batch_id}")
    seats: list[dict[str, Any]] = []
    if visit.may("umkm:seats"):
        seats = [one async for one in visit.api.pages(f"{BASE}/seats", batch_id=batch_id, limit=200)]
    return visit.show("umkm/batch.html", form.status, mark=mark, batch=batch, seats=seats, meetings=MEETINGS, form=form)
