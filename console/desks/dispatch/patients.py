"""The patients of an incident: where to take one and why not elsewhere, and how each case ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...visit import Visit
from ..desk import GetVisit
from . import reading
from .reading import BASE

LOADING = "on_scene"
"""The state in which a unit may be told where to go."""
ARRIVED = ("at_hospital", "handed_over")
"""The states in which no hospital need be asked any more."""


def routes(get_visit: GetVisit) -> APIRouter:
    """The hospitals for a patient, in the order in which to choose them."""
    router = APIRouter()

    @router.get("/insiden/{incident_id}/pasien/{number}")
    async def hospitals(incident_id: UUID, number: int, visit: Visit = Depends(get_visit)) -> Response:
        mark = visit.group.mark
        path = f"{BASE}/incidents/{incident_id}"
        incident = reading.placed(await visit.api.get(path), await reading.kelurahan(visit))
        ranking = await visit.api.get(f"{path}/patients/{number}/facilities", limit=10)
        active = reading.active(incident)
        patient: dict[str, Any] = next((one for one in incident["patients"] if one["number"] == number), {})
        own = [one for one in active if one["id"] == patient.get("assignment_id")]
        asking = [one for one in own or active if one["state"] not in ARRIVED]
        shown = {"asking": asking, "incident": incident, "ranking": ranking, "number": number}
        leaving = [one for one in own or active if one["state"] == LOADING]
        topics = " ".join(reading.INCIDENT_TOPICS)
        return visit.show("dispatch/hospitals.html", mark=mark, topics=topics, leaving=leaving, **shown)

    return router
