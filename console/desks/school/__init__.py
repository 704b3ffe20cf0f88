"""The school's desk: rosters, pupils, months to confirm, transfers.

rosters.py   sending a list, its preview, applying it, taking it back
pupils.py    who is at the school      months.py     which months are confirmed, and claiming them
transfers.py children in two lists     which.py      of which school a page is
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from ..desk import Desk, GetVisit, stating
from . import months, pupils, rosters, transfers


def _router(get_visit: GetVisit) -> APIRouter:
    router = APIRouter()
    for rooms in (rosters, pupils, months, transfers):
        router.include_router(rooms.routes(stating(get_visit, "meja sekolah")), prefix=PATH)
    return router


PATH = "/sekolah"
DESK = Desk(
    name="school",
    title="School",
    path=PATH,
    icon="mortarboard",
    scopes=("education:rosters",),
    folder=Path(__file__).parent,
    router=_router,
)
