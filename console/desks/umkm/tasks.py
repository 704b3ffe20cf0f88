"""Owners who have died: what becomes of the business is settled with the family by a person."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds, fields
from ...parts.forms import Form
from ...visit import GetVisit, Visit
from .businesses import BASE

DEEDS = (Deed("selesai", "owner-tasks/{id}/completion", fields("note")),)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list with what is done there."""
    router = APIRouter()

    @router.get("/tugas")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    router.include_router(Deeds("umkm", "/tugas/{id}", _show, lambda *_: "/umkm/tugas").routes(DEEDS, get_visit))
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    mark = visit.group.mark
    found = (await visit.api.get(f"{BASE}/owner-tasks", limit=100))["items"]
    return visit.show("umkm/tasks.html", form.status, tasks=found, form=form, mark=mark)
