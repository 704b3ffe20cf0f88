"""The education office's desk: applications, claims, payments by two pairs of eyes, complaints.

applications.py  what is applied for, what the rules say, deciding
evaluations.py   all pupils at once, granted but for some
claims.py        what schools claim, and the budgets
payments.py      batches: drafted, verified, approved by another, sent to the bank, answered
complaints.py    corrections within 72 hours, levies, reviews
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from ..desk import Desk, GetVisit, stating
from . import applications, claims, complaints, evaluations, payments


def _router(get_visit: GetVisit) -> APIRouter:
    router = APIRouter()
    for rooms in (applications, evaluations, claims, payments, complaints):
        router.include_router(rooms.routes(stating(get_visit, "meja dinas pendidikan")), prefix=PATH)
    return router


PATH = "/pendidikan"
DESK = Desk(
    name="education",
    title="Education office",
    path=PATH,
    icon="bank",
    scopes=("education:decide", "education:pay", "education:approve"),
    folder=Path(__file__).parent,
    router=_router,
)
