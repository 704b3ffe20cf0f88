"""Of which school a page is: an operator's own; an officer names one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ...parts.formats import WIB
from ...visit import Visit

BASE = "/v1/education"
SCHOOLS_SECONDS = 120.0


def npsn_of(visit: Visit) -> str:
    """The school's number; empty if an officer has not chosen one yet."""
    own = visit.session.only("npsn")
    asked = visit.request.query_params.get("npsn", "")
    return asked if asked and (not own or asked in own) else (own[0] if own else "")


async def school_of(visit: Visit, npsn: str) -> dict[str, Any]:
    """Name and level, for the head of a page."""

    async def ask() -> dict[str, Any]:
        found: dict[str, Any] = await visit.api.get(f"{BASE}/schools/{npsn}")
        return found

    return await visit.group.shared(("school", npsn), ("education.schools",), ask, SCHOOLS_SECONDS) if npsn else {}


def school_year(today: date) -> str:
    """July to June: 2026/2027."""
    first = today.year if today.month >= 7 else today.year - 1
    return f"{first}/{first + 1}"


def today() -> date:
    """In WIB."""
    return datetime.now(WIB).date()


async def head(visit: Visit) -> dict[str, Any]:
    """What every page of the desk shows of its school."""
    npsn = npsn_of(visit)
    return {
        "mark": visit.group.mark,
        "npsn": npsn,
        "school": await school_of(visit, npsn),
        "own": visit.session.only("npsn"),
        "year": school_year(today()),
        "tail": "" if visit.session.only("npsn") or not npsn else f"?npsn={npsn}",
    }
