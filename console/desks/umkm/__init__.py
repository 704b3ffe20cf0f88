"""The MSME office's desk: businesses, trainings and bazaars, curation, groups that borrow, and what is in arrears.

businesses.py  found, registered at the counter, compared with their papers   places.py  kelurahan to choose from
batches.py     trainings and bazaars: announced, seats, dates                 attendance.py  who came, who passed
curation.py    products scored apart, decided by another                      tasks.py   owners who have died
groups.py      groups checked by office and bank                              loans.py   arrears, one loan
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...visit import Visit
from ..desk import Desk, GetVisit, stating
from . import attendance, batches, businesses, curation, groups, loans, tasks

PATH = "/umkm"
TABS = (
    ("/usaha", "umkm:businesses"),
    ("/kurasi", "umkm:assess"),
    ("/kelompok", "umkm:capital"),
)
"""Where somebody begins, by what they may do."""


def _router(get_visit: GetVisit) -> APIRouter:
    router = APIRouter()
    mine = stating(get_visit, "meja UMKM")

    @router.get(PATH)
    async def front(visit: Visit = Depends(get_visit)) -> Response:
        return visit.go(PATH + next((path for path, scope in TABS if visit.may(scope)), "/pelatihan"))

    for rooms in (businesses, batches, attendance, curation, groups, loans, tasks):
        router.include_router(rooms.routes(mine), prefix=PATH)
    return router


DESK = Desk(
    name="umkm",
    title="MSME",
    path=PATH,
    icon="shop",
    scopes=("umkm:verify", "umkm:assess", "umkm:decide", "umkm:credit"),
    folder=Path(__file__).parent,
    router=_router,
)
