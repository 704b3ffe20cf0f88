"""The day of every car as a timeline: which trip when, what overlaps with what; moving a trip; the printed plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...parts.deeds import Deed, Deeds
from ...parts.formats import WIB, parse
from ...parts.forms import Form, filled
from ...visit import GetVisit, Visit
from .reading import BASE

HOUR = 60
"""Units of the drawing an hour: one a minute."""
ROW = 44


def _moved(values: dict[str, str]) -> dict[str, Any]:
    return filled(values, "pickup_at", "vehicle_id")


MOVE = Deed("pindah", "bookings/{booking}/confirmation", _moved)


def routes(get_visit: GetVisit) -> APIRouter:
    """The day, moving a trip to another car, the plan as PDF."""
    router = APIRouter()

    @router.get("/hari")
    async def today(visit: Visit = Depends(get_visit)) -> Response:
        return visit.go(f"/jenazah/hari/{datetime.now(WIB).date()}")

    @router.get("/hari/{day}")
    async def page(day: date, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(day), Form())

    @router.get("/hari/{day}/cetak")
    async def printed(day: date, visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.api.file(f"{BASE}/days/{day}/print")
        name = f'inline; filename="rencana-{day}.pdf"'
        headers = {"Content-Disposition": name, "Content-Security-Policy": "sandbox"}
        return visit.reply(Response(body, media_type="application/pdf", headers=headers))

    router.include_router(Deeds("hearse", "/hari/{id}", _show).routes((MOVE,), get_visit))
    return router


async def _show(visit: Visit, day: str, form: Form) -> Response:
    mark, chosen = visit.group.mark, date.fromisoformat(day)
    plan = await visit.api.get(f"{BASE}/days/{chosen}")
    start = datetime.combine(chosen, datetime.min.time(), WIB)
    rows = [_row(vehicle, start) for vehicle in plan["vehicles"]]
    now = (datetime.now(WIB) - start) / timedelta(minutes=1)
    template = "hearse/day_body.html" if visit.by_htmx else "hearse/day.html"
    return visit.show(
        template,
        form.status,
        mark=mark,
        day_shown=chosen,
        before=chosen - timedelta(days=1),
        after=chosen + timedelta(days=1),
        rows=rows,
        officers=plan["officers"],
        form=form,
        now=now if 0 <= now <= 24 * HOUR else None,
        row_height=ROW,
    )


def _row(vehicle: dict[str, Any], start: datetime) -> dict[str, Any]:
    return {
        "vehicle": vehicle,
        "trips": [{**trip, **_span(trip, start)} for trip in vehicle["trips"]],
        "blocks": [{**block, **_span(block, start)} for block in vehicle["blocks"]],
    }


def _span(thing: dict[str, Any], start: datetime) -> dict[str, float]:
    """Where it lies on the day, in minutes; what reaches beyond the day is cut."""
    ends_at = thing.get("ends_at")
    begins = (parse(thing["begins_at"]) - start) / timedelta(minutes=1)
    ends = (parse(ends_at) - start) / timedelta(minutes=1) if ends_at else 24.0 * HOUR
    left, right = max(0.0, begins), min(24.0 * HOUR, ends)
    return {"left": round(left, 1), "width": round(max(right - left, 4.0), 1)}
