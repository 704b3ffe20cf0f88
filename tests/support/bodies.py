"""A body for which no hearse is free in time: a task of the operators."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from .api import Api
from .waiting import until

HEARSE = "/v1/hearse"
FAR = {"kind": "out_of_city", "location": {"type": "Point", "coordinates": [106.98, -6.6]}}


@contextmanager
def body_without_hearse(api: Api) -> Iterator[str]:
    """The booking's id. All cars are kept in the city meanwhile."""
    asked = {
        "reporter": {"name": "Siti Uji", "phone": "081290009003"},
        "deceased": {"name": f"Bapak {uuid.uuid4().hex[:8]}"},
        "pickup": {"facility_id": "RS-1"},
        "destination": FAR,
        "earliest_at": datetime.now(UTC).isoformat(),
    }

    def booked() -> str | None:
        id = str(api.post("hearse-officer", f"{HEARSE}/bookings", asked)["id"])
        return id if _told(api, id) else None

    api.put("hearse-manager", f"{HEARSE}/configuration/planning", {"city_reserve": 100})
    try:
        # The service looks at its configuration at most five seconds after it was changed.
        id = str(until(booked, "a booking without a vehicle", limit=30))
        until(lambda: body_task(api, id), "the operators' task")
        yield id
    finally:
        api.put("hearse-manager", f"{HEARSE}/configuration/planning", {})


def body_task(api: Api, id: str) -> Any:
    """The task of this booking; None once it has ended."""
    tasks = api.get("dispatcher", "/v1/ambulance/body-transports?state=open")["items"]
    return next((one for one in tasks if one["booking_id"] == id), None)


def _told(api: Api, id: str) -> bool:
    """Within a moment the booking has an alert that no vehicle is free."""
    path = f"{HEARSE}/alerts?kind=no_vehicle&booking_id={id}"
    try:
        return bool(until(lambda: api.get("hearse-officer", path)["items"], "the alert", limit=3))
    except AssertionError:
        return False
