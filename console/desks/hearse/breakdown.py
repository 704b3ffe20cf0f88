"""A car fails or an officer falls ill: for each trip the best that is free, taken over in one deed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.forms import Form
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from . import reading
from .reading import BASE


def routes(get_visit: GetVisit) -> APIRouter:
    """Choose what fails, see what it means, do it."""
    router = APIRouter()

    @router.get("/gangguan")
    async def page(sumber: str = "", visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, sumber, Form())

    @router.post("/gangguan")
    async def apply(visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        chosen = {str(value) for value in sent.getlist("move")}
        if await tried(form, _apply(visit, form, chosen)) is None:
            return await _show(visit, form.value("resource"), form)
        visit.group.touch("hearse")
        return visit.go("/jenazah/hari")

    return router


async def _apply(visit: Visit, form: Form, chosen: set[str]) -> Any:
    resource = form.value("resource")
    moves = [_move(one) for one in await _proposed(visit, resource) if one["booking_id"] in chosen]
    body = {"resource": resource, "reason": form.value("reason"), "moves": moves}
    return await visit.api.post(f"{BASE}/moves", body, form.key)


def _move(proposed: dict[str, Any]) -> dict[str, Any]:
    slot = proposed["slot"]
    return {
        "booking_id": proposed["booking_id"],
        "pickup_at": slot["pickup_at"],
        "vehicle_id": slot["vehicle_id"],
        "officer_ids": slot["officer_ids"],
    }


async def _proposed(visit: Visit, resource: str) -> list[dict[str, Any]]:
    return list((await visit.api.get(f"{BASE}/moves", resource=resource))["items"])


async def _show(visit: Visit, resource: str, form: Form) -> Response:
    # What was refused of a deed is not covered by what is said of asking once more.
    asked = form if form.status == 200 else Form()
    moves = (await tried(asked, _proposed(visit, resource)) if resource else None) or []
    shown = {
        "mark": visit.group.mark,
        "moves": moves,
        "resource": resource,
        "form": form,
        "vehicles": await reading.vehicles(visit),
        "officers": await reading.officers(visit),
    }
    return visit.show("hearse/breakdown.html", form.status, **shown)
