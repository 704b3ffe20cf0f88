"""The form for a family on the phone, and for the draft that a confirmed death opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.hearse.values import DestinationKind

from ...parts.forms import Form, filled, wib_moment
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from . import reading
from .reading import BASE

TEXTS = (
    "reporter.name",
    "reporter.phone",
    "reporter.relationship",
    "deceased.name",
    "deceased.nik",
    "pickup.address",
    "pickup.facility_id",
    "destination.kind",
    "destination.burial_place_id",
    "destination.address",
    "note",
)


def routes(get_visit: GetVisit) -> APIRouter:
    """A new booking, and the family's word on a draft."""
    router = APIRouter()

    @router.get("/baru")
    async def blank(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, Form())

    @router.post("/baru")
    async def ask(visit: Visit = Depends(get_visit)) -> Response:
        return await _send(visit, f"{BASE}/bookings", None)

    @router.get("/pemesanan/{booking_id}/kabari")
    async def draft(booking_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, Form(), booking_id)

    @router.post("/pemesanan/{booking_id}/kabari")
    async def submit(booking_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _send(visit, f"{BASE}/bookings/{booking_id}/submission", booking_id)

    return router


async def _send(visit: Visit, path: str, booking_id: UUID | None) -> Response:
    form, _ = await receive(visit)
    booking = await tried(form, visit.api.post(path, _body(form.values), form.key))
    if booking is None:
        return await _show(visit, form, booking_id)
    visit.group.touch("hearse")
    return visit.go(f"/jenazah/pemesanan/{booking['id']}")


def _body(values: dict[str, str]) -> dict[str, Any]:
    body = filled(values, *TEXTS)
    if values.get("destination.kind") != DestinationKind.CITY_CEMETERY:
        body.get("destination", {}).pop("burial_place_id", None)
    if earliest := values.get("earliest_at"):
        body["earliest_at"] = wib_moment(earliest)
    return body


async def _show(visit: Visit, form: Form, booking_id: UUID | None = None) -> Response:
    draft: dict[str, Any] = await visit.api.get(f"{BASE}/bookings/{booking_id}") if booking_id else {}
    shown = {
        "form": form,
        "draft": draft,
        "here": f"/jenazah/pemesanan/{booking_id}/kabari" if booking_id else "/jenazah/baru",
        "kinds": [
            (one.value, visit.page.texts.word(visit.language, "destination", one.value)) for one in DestinationKind
        ],
        "places": [(one["id"], one["name"]) for one in await reading.burial_places(visit)],
        "mark": visit.group.mark,
    }
    return visit.show("hearse/asking_form.html" if visit.by_htmx else "hearse/asking.html", form.status, **shown)
