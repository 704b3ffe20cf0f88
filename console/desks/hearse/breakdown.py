"""A car fails or an officer falls ill: for each trip the best that is free, taken over in one deed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...api import ApiProblem, Unreachable
from ...parts.forms import Form, typed
from ...visit import GetVisit, Visit, form_of, key_of
from . import reading
from .reading import BASE


def routes(get_visit: GetVisit) -> APIRouter:
    """Choose what fails, see what it means, do it."""
    router = APIRouter()

    @router.get("/gangguan")
    async def page(sumber: str = "", visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, sumber, Form(), 200)

    @router.post("/gangguan")
    async def apply(visit: Visit = Depends(get_visit)) -> Response:
        sent = await form_of(visit)
        form = Form(typed(sent), key_of(sent))
        chosen = {str(value) for value in sent.getlist("move")}
        resource = form.value("resource")
        try:
            moves = [_move(one) for one in await _proposed(visit, resource) if one["booking_id"] in chosen]
            body = {"resource": resource, "reason": form.value("reason"), "moves": moves}
            await visit.api.post(f"{BASE}/moves", body, form.key)
        except ApiProblem as problem:
            if problem.status in (401, 403):
                raise
            form.problem = problem
            return await _show(visit, resource, form, problem.status)
        except Unreachable:
            form.unsent = True
            return await _show(visit, resource, form, 503)
        visit.group.touch("hearse")
        return visit.go("/jenazah/hari")

    return router


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


async def _show(visit: Visit, resource: str, form: Form, status: int) -> Response:
    try:
        moves = await _proposed(visit, resource) if resource else []
    except ApiProblem as problem:
        if problem.status in (401, 403):
            raise
        moves, form.problem, status = [], problem, problem.status
    shown = {
        "mark": visit.group.mark,
        "moves": moves,
        "resource": resource,
        "form": form,
        "vehicles": await reading.vehicles(visit),
        "officers": await reading.officers(visit),
    }
    return visit.show("hearse/breakdown.html", status, **shown)
