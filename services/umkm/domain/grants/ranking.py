"""The order of a round, what is advised by it, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.umkm import GrantAdvice, GrantBar, GrantBudgetExceeded, GrantRefusal, NotEligibleForGrant

from .application import GrantApplication
from .round import GrantRound


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of an applicant now: what bars them, and of which household they are."""

    bar: GrantBar | None
    household: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place in the order, from 1."""

    rank: int
    application: GrantApplication
    advice: GrantAdvice
    bar: GrantBar | None
    household: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Of one application: what it gets, or why nothing. `reason`: what was written to its owner."""

    application: GrantApplication
    rupiah: int
    refusal: GrantRefusal | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Other than advised. `rupiah` None: as asked for."""

    granted: bool
    rupiah: int | None
    reason: str


REFUSALS = {
    GrantAdvice.OUTRANKED: GrantRefusal.OUTRANKED,
    GrantAdvice.BELOW_PASS: GrantRefusal.BELOW_PASS,
    GrantAdvice.INELIGIBLE: GrantRefusal.INELIGIBLE,
}


def rank(round: GrantRound, scored: Sequence[GrantApplication], judged: Mapping[UUID, Judged]) -> list[Ranked]:
    """By points, then by who applied first. Money goes down the order as far as it reaches: nobody is passed over for
    somebody below who wants less. Of those who are one household by now, the first alone can have a grant."""
    # Points of all assessors together: finer than their mean in whole percent.
    order = sorted(scored, key=lambda one: (-sum(each.percent for each in one.assessments), one.applied_at, one.id))
    places, rupiah, found, families = round.places, round.budget_rupiah, list[Ranked](), set[str]()
    for number, one in enumerate(order, 1):
        bar, household = judged[one.id].bar, judged[one.id].household
        if bar is None and household in families:
            bar = GrantBar.RECEIVED_BEFORE
        if bar is not None:
            advice = GrantAdvice.INELIGIBLE
        elif (one.percent or 0) < one.scoresheet.pass_percent:
            advice = GrantAdvice.BELOW_PASS
        elif places and one.rupiah <= rupiah:
            advice, places, rupiah = GrantAdvice.GRANT, places - 1, rupiah - one.rupiah
            families.add(household)
        else:
            advice, places = GrantAdvice.OUTRANKED, 0
        found.append(Ranked(number, one, advice, bar, household))
    return found


def decisions(round: GrantRound, ranked: Sequence[Ranked], otherwise: Mapping[UUID, Otherwise]) -> list[Decision]:
    """What is advised, but for what somebody decides otherwise. Raises GrantBudgetExceeded, InvalidRequest, or
    NotEligibleForGrant for two of one household."""
    found = [_decision(round, one, otherwise.get(one.application.id)) for one in ranked]
    families = set[str]()
    for place, one in zip(ranked, found, strict=True):
        if one.refusal is None and place.household in families:
            raise NotEligibleForGrant(why=str(GrantBar.RECEIVED_BEFORE), application_id=str(one.application.id))
        families |= {place.household} if one.refusal is None else set()
    places, rupiah = sum(one.refusal is None for one in found), sum(one.rupiah for one in found)
    if places > round.places or rupiah > round.budget_rupiah:
        raise GrantBudgetExceeded(
            places=places, rupiah=rupiah, most_places=round.places, budget_rupiah=round.budget_rupiah
        )
    return found


def _decision(round: GrantRound, one: Ranked, told: Otherwise | None) -> Decision:
    application = one.application
    if told is None:
        refusal = REFUSALS.get(one.advice)
        return Decision(application, 0 if refusal else application.rupiah, refusal)
    if not told.granted:
        return Decision(application, 0, GrantRefusal.OTHER, told.reason)
    rupiah = told.rupiah or application.rupiah
    round.require_sum(rupiah, f"otherwise.{application.id}.rupiah")
    return Decision(application, rupiah, None, told.reason)
