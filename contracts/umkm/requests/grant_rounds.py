"""Rounds of grants: announced with their rule, ranked and decided as a whole."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ...paging import PageQuery
from ...times import Moment
from ..values import SizeClass
from ..views import GrantRankingView, GrantRoundPage, GrantRoundView, ScoresheetView
from .businesses import SEEN
from .curation import Criteria
from .owners import Reason

GrantRupiah = Annotated[StrictInt, Field(ge=1, le=1_000_000_000, description="Whole rupiah.")]
MOST_PLACES = 2_000


class SetGrantScoresheet(Request, operation="umkm.set_grant_scoresheet", scope="umkm:decide", reply=ScoresheetView):
    """The next version: for rounds that are announced from now on."""

    criteria: Criteria
    assessors_needed: StrictInt = Field(ge=1, le=9)
    pass_percent: StrictInt = Field(ge=0, le=100)


class GetGrantScoresheet(Query, operation="umkm.get_grant_scoresheet", scope="umkm:public", reply=ScoresheetView):
    """The newest, or one of before; for everybody: whoever applies may know by what they are measured."""

    version: int | None = Field(default=None, ge=1, le=1_000_000)


def _classes_once(classes: tuple[SizeClass, ...]) -> tuple[SizeClass, ...]:
    if len(set(classes)) < len(classes):
        raise PydanticCustomError("twice", "a class stands twice", {"fix": "send each once"})
    return classes


class AnnounceGrantRound(Request, operation="umkm.announce_grant_round", scope="umkm:terms", reply=GrantRoundView):
    """A round with its rule, which stays as it is: who applies knows what holds. It opens and closes by itself."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""
    opens_at: Moment
    closes_at: Moment
    places: StrictInt = Field(ge=1, le=MOST_PLACES)
    budget_rupiah: StrictInt = Field(ge=1, le=1_000_000_000_000)
    least_rupiah: GrantRupiah
    most_rupiah: GrantRupiah
    classes: Annotated[tuple[SizeClass, ...], AfterValidator(_classes_once)] = Field(
        default=(SizeClass.MICRO,), min_length=1, max_length=3
    )
    certificates: StrictInt = Field(default=0, ge=0, le=9)
    barred_years: StrictInt | None = Field(
        default=None, ge=1, le=99, description="For so long an earlier grant bars; null: for ever."
    )

    @model_validator(mode="after")
    def _in_order(self) -> AnnounceGrantRound:
        if self.closes_at <= self.opens_at:
            raise PydanticCustomError(
                "closes_before_opening", "the round closes before it opens", {"fix": "compare opens_at and closes_at"}
            )
        if not self.least_rupiah <= self.most_rupiah <= self.budget_rupiah:
            raise PydanticCustomError(
                "sums_do_not_fit",
                "the sums do not fit each other",
                {"fix": "send a least that is not above the most, and a most that is not above the budget"},
            )
        return self


class CancelGrantRound(Request, operation="umkm.cancel_grant_round", scope="umkm:terms", reply=GrantRoundView):
    """Before it is decided: nothing is granted."""

    round_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class GetGrantRound(Query, operation="umkm.get_grant_round", scope="umkm:public", reply=GrantRoundView):
    """For everybody."""

    round_id: UUID


class ListGrantRounds(PageQuery, operation="umkm.list_grant_rounds", scope="umkm:public", reply=GrantRoundPage):
    """Those that close last first; for everybody."""


class RankGrants(Query, operation="umkm.rank_grants", scope="umkm:decide", reply=GrantRankingView):
    """Once all of a closed round are scored: in the order of their points, and what is advised."""

    round_id: UUID
    after_rank: int = Field(default=0, ge=0, le=1_000_000, description="`next` of the page before.")
    limit: int = Field(default=100, ge=1, le=200)


class GrantOtherwise(Model):
    """Other than scores and rule advise. `rupiah`: another sum than was asked for."""

    application_id: UUID
    granted: StrictBool
    rupiah: GrantRupiah | None = None
    reason: Reason


def _each_once(told: tuple[GrantOtherwise, ...]) -> tuple[GrantOtherwise, ...]:
    if len({one.application_id for one in told}) < len(told):
        raise PydanticCustomError("twice", "an application stands twice", {"fix": "send each once"})
    return told


class DecideGrants(Request, operation="umkm.decide_grants", scope="umkm:decide", reply=GrantRoundView):
    """The whole round at once, as the ranking advises but for `otherwise`: by somebody who has not scored. All or
    nothing: with a place or a rupiah too many nobody is decided."""

    round_id: UUID
    version: StrictInt = Field(ge=1, description="Of the round, as seen in the ranking.")
    granted: StrictInt = Field(ge=0, description="How many are granted in all, as seen: if it differs, look again.")
    otherwise: Annotated[tuple[GrantOtherwise, ...], AfterValidator(_each_once)] = Field(
        default=(), max_length=MOST_PLACES
    )


__all__ = [
    "AnnounceGrantRound",
    "CancelGrantRound",
    "DecideGrants",
    "GetGrantRound",
    "GetGrantScoresheet",
    "GrantOtherwise",
    "ListGrantRounds",
    "RankGrants",
    "SetGrantScoresheet",
]
