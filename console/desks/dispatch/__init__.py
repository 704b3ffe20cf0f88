"""The dispatch desk: contacts, board, incidents.

board.py      the lists of the board, shared by all who may see the same
calls.py      taking a call               contacts.py   one contact: taking it, what it was
incidents.py  one incident: who to send   deeds.py      what is done to it
patients.py   hospitals for a patient     bodies.py     bodies for which no hearse is free
pickups.py    pick-ups to come              day.py        the desk's other pages
map.py        the map as data
reading.py    what the API says, made ready for a page
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from ..desk import Desk, GetVisit
from . import board, bodies, calls, contacts, day, incidents, map, patients, pickups


def _router(get_visit: GetVisit) -> APIRouter:
    router = APIRouter()
    for rooms in (board, calls, contacts, incidents, patients, pickups, day, bodies, map):
        router.include_router(rooms.routes(get_visit), prefix=PATH)
    return router


PATH = "/gawat-darurat"
DESK = Desk(
    name="dispatch",
    title="Emergencies",
    path=PATH,
    icon="truck-front",
    scopes=("ambulance:dispatch", "ambulance:intake", "ambulance:supervise", "ambulance:manage"),
    folder=Path(__file__).parent,
    router=_router,
)
