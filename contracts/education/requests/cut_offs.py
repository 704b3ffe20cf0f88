"""Until when a term's rosters count."""

from __future__ import annotations

from pydantic import Field, StrictInt

from ...base import Query, Request
from ...times import Day
from ..values import SchoolYear
from ..views import CutOffsView, CutOffView


class SetCutOff(Request, operation="education.set_cut_off", scope="education:manage", reply=CutOffView):
    """The last day on which a roster for the term is on time. What counts is when it was uploaded; rows that were
    refused in it can be sent again for three working days more."""

    school_year: SchoolYear
    term: StrictInt = Field(ge=1, le=2, description="1 is July to December, 2 January to June.")
    last_day: Day
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ListCutOffs(Query, operation="education.list_cut_offs", scope="education:read", reply=CutOffsView):
    """The latest first: two for each school year."""

    school_year: SchoolYear | None = None


__all__ = ["ListCutOffs", "SetCutOff"]
