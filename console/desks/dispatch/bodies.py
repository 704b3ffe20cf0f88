"""Bodies for which no hearse is free: each ends in one of three ways, with the name of who answers for it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled, wib_moment
from ...visit import Visit
from ..desk import GetVisit
from . import reading
from .reading import BASE

HERE = "/gawat-darurat/jenazah"
TRANSPORT = "transport"


def _kept(values: Values) -> dict[str, Any]:
    body = filled(values, "responsible")
    return {**body, "until": wib_moment(values["until"])} if values.get("until") else body


DEEDS = (
    Deed("mitra", "body-transports/{id}/partner-hearse", fields("responsible")),
    Deed("unit", "body-transports/{id}/transport-unit", fields("unit_id", "responsible")),
    Deed("simpan", "body-transports/{id}/keeping", _kept),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list with what is done there."""
    router = APIRouter()

    @router.get("/jenazah")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, "", Form())

    router.include_router(Deeds("ambulance", "/jenazah/{id}", _show, lambda *_: HERE).routes(DEEDS, get_visit))
    return router


async def _show(visit: Visit, _: str, form: Form) -> Response:
    mark = visit.group.mark
    tasks = [one async for one in visit.api.pages(f"{BASE}/body-transports", state="open", limit=100)]
    names = await reading.kelurahan(visit)
    free = [one for one in await reading.units(visit) if one["type"] == TRANSPORT and one["state"] == "available"]
    shown = {"tasks": tasks, "names": names, "units": [one["id"] for one in free], "form": form}
    return visit.show("dispatch/bodies.html", form.status, mark=mark, topics="ambulance.body ambulance.unit", **shown)
