"""The hearse desk: the queue, a booking, the day of every car, breakdowns.

queue.py     what waits, by what it waits for   booking.py    one booking: slots, papers, deeds
asking.py    the form for a family on the phone day.py        the timeline, the printed plan
breakdown.py a car fails, an officer falls ill  reading.py    what the API says
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from ..desk import Desk, GetVisit
from . import asking, booking, breakdown, day, queue


def _router(get_visit: GetVisit) -> APIRouter:
    router = APIRouter()
    for rooms in (queue, asking, booking, day, breakdown):
        router.include_router(rooms.routes(get_visit), prefix=PATH)
    return router


PATH = "/jenazah"
DESK = Desk(
    name="hearse",
    title="Hearses",
    path=PATH,
    icon="flower1",
    scopes=("hearse:schedule", "hearse:supervise", "hearse:book"),
    folder=Path(__file__).parent,
    router=_router,
)
