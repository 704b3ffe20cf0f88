"""Grants: rounds, applications, and what assessors see of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..grant_values import GrantAdvice, GrantBar, GrantRefusal, GrantRoundState, GrantState
from ..values import SizeClass, Trade
from .market import AssessmentView, ScoresheetView


class GrantRoundView(View):
    """`barred_years`: whoever received a grant in so many years before can't have one; null: whoever ever did."""

    id: UUID
    title: str
    description: str
    state: GrantRoundState
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    places: int
    budget_rupiah: int
    least_rupiah: int
    most_rupiah: int
    classes: tuple[SizeClass, ...]
    certificates: int = Field(description="How many trainings are to be passed first.")
    barred_years: int | None = None
    scoresheet: int = Field(description="Version of the scoresheet.")
    reason: str | None = Field(default=None, description="Why it was cancelled.")
    granted: int | None = None
    granted_rupiah: int | None = None
    decided_at: AwareDatetime | None = None
    version: int


class GrantRoundPage(Page):
    items: tuple[GrantRoundView, ...]


class GrantApplicationView(View):
    """An application, as its owner and the office see it."""

    id: UUID
    round_id: UUID
    business_id: UUID
    business_name: str
    rupiah: int
    use: str
    state: GrantState
    reasons: tuple[GrantRefusal, ...] = ()
    visited_on: date | None = None
    findings: str | None = Field(default=None, description="Of the visit; for the office alone, and not in lists.")
    percent: int | None = Field(default=None, description="Of all assessors, once the round is decided.")
    granted_rupiah: int | None = None
    reason: str | None = Field(default=None, description="What the office wrote about the decision.")
    applied_at: AwareDatetime
    decided_at: AwareDatetime | None = None
    handed_on: date | None = None
    version: int


class GrantApplicationPage(Page):
    items: tuple[GrantApplicationView, ...]


class GrantToScoreView(View):
    """What assessors see: what is planned and what the visit found, but nobody's name, telephone or address. Until all
    have scored each sees their own assessment alone."""

    application_id: UUID
    round_id: UUID
    trade: Trade
    size_class: SizeClass
    kecamatan: str
    founded_on: date
    rupiah: int
    use: str
    findings: str
    scoresheet: ScoresheetView
    given: int
    assessments: tuple[AssessmentView, ...]


class GrantToScorePage(Page):
    items: tuple[GrantToScoreView, ...]


class EarlierGrantView(View):
    """A grant from elsewhere. Whose it is stands nowhere but in its key."""

    id: UUID
    programme: str
    received_on: date
    holds: bool


class RankedGrant(View):
    """`rank` counts from 1; those with the same points are in the order in which they applied."""

    rank: int
    application_id: UUID
    percent: int
    rupiah: int
    advice: GrantAdvice
    bar: GrantBar | None = Field(default=None, description="By what is known now.")
    assessments: tuple[AssessmentView, ...]


class GrantRankingView(View):
    """What scores and rule advise for a whole round: `advised_rupiah` is what would be granted; `items` is a page."""

    round: GrantRoundView
    scoresheet: ScoresheetView
    advised: int
    advised_rupiah: int
    items: tuple[RankedGrant, ...]
    next: int | None = Field(default=None, description="To be sent as after_rank; null: these were the last.")
