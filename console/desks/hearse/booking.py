"""One booking: free times, papers, decisions, milestones; for a draft what to say on the phone."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.hearse.values import (
    CancellationReason,
    RejectionReason,
)

from ...api import ApiProblem
from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled, wib_moment
from ...visit import GetVisit, Visit
from . import reading
from .reading import BASE

CANCELLED_BY_PEOPLE = ("by_family", "own_transport", "duplicate", "other")
NEXT = {"scheduled": "en_route", "en_route": "picked_up", "picked_up": "delivered", "delivered": "completed"}


def _time(values: Values) -> dict[str, Any]:
    """A time with its car; `slot` is the one of a button: time, car, officers."""
    moment, vehicle, *officers = (values.get("slot") or "").split("|")
    body: dict[str, Any] = {"pickup_at": moment} if moment else {}
    if vehicle:
        body["vehicle_id"] = vehicle
    if officers and officers[0]:
        body["officer_ids"] = officers[0].split(",")
    if values.get("pickup_at"):
        body = {"pickup_at": wib_moment(values["pickup_at"]), **filled(values, "vehicle_id")}
    return {**body, **filled(values, "override_reason")}


DEEDS = (
    Deed("setujui", "bookings/{id}/approval"),
    Deed("tolak", "bookings/{id}/rejection", fields("reason", "note")),
    Deed("batalkan", "bookings/{id}/cancellation", fields("reason", "note")),
    Deed("tahan", "bookings/{id}/hold", _time),
    Deed("tetapkan", "bookings/{id}/confirmation", _time),
    Deed("sengketa", "bookings/{id}/dispute", fields("responsible", "note")),
    Deed("putus-sengketa", "bookings/{id}/dispute-settlement", fields("decided_by", "note")),
    Deed("berkas", "bookings/{id}/documents", fields("kind", "state", "reason")),
    Deed(
        "surat-kematian",
        "bookings/{id}/death-letter",
        fields("letter_number", "nik", "family_card_number", "died_on"),
    ),
    Deed("tonggak", "bookings/{id}/milestones", fields("milestone")),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The page of a booking and what is done there."""
    router = APIRouter()

    @router.get("/pemesanan/{booking_id}")
    async def page(booking_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("hearse/booking.html", **await read(visit, str(booking_id), Form()))

    @router.get("/pemesanan/{booking_id}/isi")
    async def body(booking_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return visit.show("hearse/booking_body.html", **await read(visit, str(booking_id), Form()))

    router.include_router(Deeds("hearse", "/pemesanan/{id}", _reply).routes(DEEDS, get_visit))
    return router


async def _reply(visit: Visit, booking_id: str, form: Form) -> Response:
    return visit.show("hearse/booking_reply.html", form.status, **await read(visit, booking_id, form))


async def read(visit: Visit, booking_id: str, form: Form) -> dict[str, Any]:
    """The booking with all that its page needs."""
    mark = visit.group.mark
    booking = await visit.api.get(f"{BASE}/bookings/{booking_id}")
    slots, vehicles, places = await asyncio.gather(
        _slots(visit, booking), reading.vehicles(visit), reading.burial_places(visit)
    )
    return {
        "mark": mark,
        "booking": booking,
        "slots": slots,
        "cars": [(one["id"], one["id"]) for one in vehicles],
        "places": {one["id"]: one for one in places},
        "form": form,
        "next_milestone": NEXT,
        "rejections": [one.value for one in RejectionReason],
        "cancellations": [one.value for one in CancellationReason if one.value in CANCELLED_BY_PEOPLE],
    }


async def _slots(visit: Visit, booking: dict[str, Any]) -> list[dict[str, Any]]:
    """The next free times, where one is still to be chosen."""
    if booking["state"] not in ("requested", "approved") or booking.get("dispute"):
        return []
    try:
        found = await visit.api.get(f"{BASE}/bookings/{booking['id']}/slots", limit=5)
    except ApiProblem:
        return []
    return list(found["items"])
