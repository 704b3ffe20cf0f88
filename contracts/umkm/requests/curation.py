"""Curation: scored by assessors who do not see each other's scores, decided by somebody else."""

from __future__ import annotations

from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ...paging import PageQuery
from ..views import CurationPage, CurationView, ListingView, ScoresheetView
from .businesses import SEEN
from .owners import Reason

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class CriterionGiven(Model):
    """`weight` in the percentage."""

    criterion: Code
    indonesian: Wording
    english: Wording
    most_points: StrictInt = Field(ge=1, le=100)
    weight: StrictInt = Field(ge=1, le=100)


class ScoreGiven(Model):
    """For one criterion."""

    criterion: Code
    points: StrictInt = Field(ge=0, le=100)


Coded = TypeVar("Coded", CriterionGiven, ScoreGiven)


def _once(coded: tuple[Coded, ...]) -> tuple[Coded, ...]:
    if len({one.criterion for one in coded}) < len(coded):
        raise PydanticCustomError("twice", "a criterion stands twice", {"fix": "send each once"})
    return coded


Criteria = Annotated[tuple[CriterionGiven, ...], Field(min_length=1, max_length=30), AfterValidator(_once)]
Scores = Annotated[tuple[ScoreGiven, ...], Field(min_length=1, max_length=30), AfterValidator(_once)]


class SetScoresheet(Request, operation="umkm.set_scoresheet", scope="umkm:decide", reply=ScoresheetView):
    """The next version: for listings that are submitted from now on."""

    criteria: Criteria
    assessors_needed: StrictInt = Field(ge=1, le=9)
    pass_percent: StrictInt = Field(ge=0, le=100)


class GetScoresheet(Query, operation="umkm.get_scoresheet", scope="umkm:assess", reply=ScoresheetView):
    """The newest, or one of before."""

    version: int | None = Field(default=None, ge=1, le=1_000_000)


class ListCurations(PageQuery, operation="umkm.list_curations", scope="umkm:assess", reply=CurationPage):
    """Listings that wait for scores or a decision, longest waiting first."""


class GetCuration(Query, operation="umkm.get_curation", scope="umkm:assess", reply=CurationView):
    """The last curation of a listing."""

    listing_id: UUID


class AssessListing(Request, operation="umkm.assess_listing", scope="umkm:assess", reply=CurationView):
    """Points for each criterion of the sheet; they stay as given."""

    listing_id: UUID
    scores: Scores
    remark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None


class DecideListing(Request, operation="umkm.decide_listing", scope="umkm:decide", reply=ListingView):
    """Published, or back to its owner with a reason. Other than the sheet advises, only with a reason."""

    listing_id: UUID
    publish: StrictBool
    reason: Reason | None = None
    version: StrictInt | None = SEEN


__all__ = [
    "AssessListing",
    "CriterionGiven",
    "DecideListing",
    "GetCuration",
    "GetScoresheet",
    "ListCurations",
    "ScoreGiven",
    "SetScoresheet",
]
