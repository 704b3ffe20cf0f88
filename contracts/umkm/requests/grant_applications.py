"""Applications for grants: made, looked at, visited, scored, handed over."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from ...base import RecordedQuery, Request
from ...identity import Nik
from ...paging import PageQuery
from ...times import Day
from ..grant_values import GrantRefusal, GrantState
from ..views import EarlierGrantView, GrantApplicationPage, GrantApplicationView, GrantToScorePage, GrantToScoreView
from .businesses import SEEN
from .curation import Scores
from .grant_rounds import GrantRupiah

Plan = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1_000)]
Findings = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1_000)]
Refusals = Annotated[tuple[GrantRefusal, ...], Field(max_length=5)]


class ApplyForGrant(Request, operation="umkm.apply_for_grant", scope="umkm:borrow", reply=GrantApplicationView):
    """One for an owner and a household in a round; whoever was refused or has withdrawn can apply again while it is
    open. In `use` stands what is planned, without names: assessors read it."""

    round_id: UUID
    business_id: UUID
    rupiah: GrantRupiah
    use: Plan


class WithdrawGrant(Request, operation="umkm.withdraw_grant", scope="umkm:borrow", reply=GrantApplicationView):
    """Before the round is decided."""

    application_id: UUID
    version: StrictInt | None = SEEN


class GetGrant(RecordedQuery, operation="umkm.get_grant", scope="umkm:businesses", reply=GrantApplicationView):
    """One application. Looking is recorded; who does not own it says why (X-Purpose)."""

    application_id: UUID


class ListGrants(PageQuery, operation="umkm.list_grants", scope="umkm:grants", reply=GrantApplicationPage):
    """Newest first."""

    round_id: UUID | None = None
    business_id: UUID | None = None
    state: GrantState | None = None


class ReviewGrant(Request, operation="umkm.review_grant", scope="umkm:lend", reply=GrantApplicationView):
    """The papers, at the desk. What is not passed says why."""

    application_id: UUID
    passed: StrictBool
    reasons: Refusals = ()
    version: StrictInt | None = SEEN


class SurveyGrant(Request, operation="umkm.survey_grant", scope="umkm:lend", reply=GrantApplicationView):
    """The visit at the place of business, by somebody else than who looked at the papers. `findings` are for the
    assessors, too: without names."""

    application_id: UUID
    visited_on: Day
    passed: StrictBool
    findings: Findings
    reasons: Refusals = ()
    version: StrictInt | None = SEEN


class ListGrantsToScore(PageQuery, operation="umkm.list_grants_to_score", scope="umkm:score", reply=GrantToScorePage):
    """Those that wait for scores, longest waiting first, without anybody's name."""

    round_id: UUID | None = None


class AssessGrant(Request, operation="umkm.assess_grant", scope="umkm:score", reply=GrantToScoreView):
    """Points for each criterion of the round's sheet; they stay as given."""

    application_id: UUID
    scores: Scores
    remark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None


class RecordEarlierGrant(Request, operation="umkm.record_earlier_grant", scope="umkm:lend", reply=EarlierGrantView):
    """Somebody has received a grant elsewhere, or before this system: it bars as one of ours does. The same programme
    once for a person: told again, the newer day holds; `holds` false takes back what was a mistake. Of the NIK a key
    is kept."""

    nik: Nik = Field(repr=False)
    programme: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
    received_on: Day
    holds: StrictBool = True


class HandOverGrant(Request, operation="umkm.hand_over_grant", scope="umkm:lend", reply=GrantApplicationView):
    """The owner has it; `receipt` is the number of what was signed."""

    application_id: UUID
    handed_on: Day
    receipt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./-]{1,40}$")]
    version: StrictInt | None = SEEN


__all__ = [
    "ApplyForGrant",
    "AssessGrant",
    "GetGrant",
    "HandOverGrant",
    "ListGrants",
    "ListGrantsToScore",
    "RecordEarlierGrant",
    "ReviewGrant",
    "SurveyGrant",
    "WithdrawGrant",
]
