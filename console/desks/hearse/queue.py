"""The queue: what waits, by what it waits for."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds
from ...parts.forms import Form
from ...visit import GetVisit, Visit
from . import reading

ALERT_DEEDS = (Deed("lihat", "alerts/{id}/acknowledgement"), Deed("selesai", "alerts/{id}/resolution"))


def routes(get_visit: GetVisit) -> APIRouter:
    """Its page, and the alerts beside it."""
    router = APIRouter()

    @router.get("")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    router.include_router(
        Deeds("hearse", "/peringatan/{id}", _show, lambda *_: "/jenazah").routes(ALERT_DEEDS, get_visit)
    )
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    mark = visit.group.mark
    found, alerts = await reading.bookings(visit), await reading.alerts(visit)
    return visit.show("hearse/queue.html", form.status, mark=mark, bookings=found, alerts=alerts, form=form)
