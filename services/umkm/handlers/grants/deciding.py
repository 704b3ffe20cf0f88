"""A closed round, ranked by its scores and decided as a whole by somebody who has not scored."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    AssessorDecides,
    DecideGrants,
    GrantDecided,
    GrantRankingView,
    GrantRoundDecided,
    GrantRoundState,
    GrantRoundView,
    GrantState,
    GrantsUndecidable,
    NotEligibleForGrant,
    RankedGrant,
    RankGrants,
)

from ... import store
from ...domain.grants.application import LIVE, GrantApplication
from ...domain.grants.ranking import Otherwise, Ranked, decisions, rank
from ...domain.grants.round import GrantRound
from .. import market_views
from . import bars, find, views


def rank_grants(work: Work, query: RankGrants) -> GrantRankingView:
    """What scores and rule advise."""
    round = find.round(work, query.round_id, lock=False)
    ranked = _ranked(work, round, "rank_grants", lock=False)
    sheet = store.grants.round.sheets.get(work, round.scoresheet)
    assert sheet is not None, "sheets are never removed"
    page = ranked[query.after_rank : query.after_rank + query.limit]
    advised = [one.rupiah for one in decisions(round, ranked, {}) if one.refusal is None]
    return GrantRankingView(
        round=views.round_view(work, round),
        scoresheet=market_views.scoresheet(sheet),
        advised=len(advised),
        advised_rupiah=sum(advised),
        items=tuple(
            RankedGrant(
                rank=one.rank,
                application_id=one.application.id,
                percent=one.application.percent or 0,
                rupiah=one.application.rupiah,
                advice=one.advice,
                bar=one.bar,
                assessments=tuple(map(market_views.assessment, one.application.assessments)),
            )
            for one in page
        ),
        next=page[-1].rank if page and page[-1].rank < len(ranked) else None,
    )


def decide_grants(work: Work, request: DecideGrants) -> GrantRoundView:
    """All at once, or nobody."""
    round = find.round(work, request.round_id, seen=request.version)
    ranked = _ranked(work, round, "decide_grants", lock=True)
    if any(work.actor.subject in one.application.assessors() for one in ranked):
        raise AssessorDecides
    decided = decisions(round, ranked, _otherwise(request, ranked))
    granted = [one for one in decided if one.refusal is None]
    if len(granted) != request.granted:
        raise wrong_field(
            "granted",
            "differs",
            f"{len(granted)} would be granted: something has changed, or was not meant",
            "look at the ranking again",
        )
    for one in decided:
        if one.refusal is None:
            one.application.grant(one.rupiah, one.reason, work.now)
        else:
            one.application.refuse(one.refusal, one.reason, work.now)
    rupiah = sum(one.rupiah for one in granted)
    round.decide(len(granted), rupiah, work.actor.subject, work.now)
    store.grants.round.put(work, round, known=True)
    tell(work, *(one.application for one in decided))
    told = GrantRoundDecided(
        round_id=round.id, granted=len(granted), refused=len(decided) - len(granted), rupiah=rupiah
    )
    work.emit(round.id, round.version, told)
    work.audit(round.id, state=round.ended, granted=len(granted), rupiah=rupiah, otherwise=len(request.otherwise))
    return views.round_view(work, round)


def tell(work: Work, *decided: GrantApplication) -> None:
    """Store applications that were decided, and tell each owner."""
    keys = store.owner.keys(work, {one.owner_id for one in decided})
    for one in decided:
        store.grants.application.put(work, one, known=True)
        told = GrantDecided(
            application_id=one.id,
            round_id=one.round_id,
            person_key=keys[one.owner_id],
            state=one.state,
            rupiah=one.granted_rupiah or 0,
        )
        work.emit(one.id, one.version, told)
        work.audit(one.id, state=one.state, rupiah=told.rupiah, reasons=list(map(str, one.reasons)))


def _ranked(work: Work, round: GrantRound, step: str, *, lock: bool) -> list[Ranked]:
    """Raises GrantRoundWrongState, or GrantsUndecidable while somebody waits."""
    round.require(step, work.now, GrantRoundState.REVIEWING)
    live = store.grants.application.of_round(work, round.id, *LIVE, lock=lock)
    waiting = {
        state: sum(one.state is state and not (state is GrantState.SCORING and one.complete) for one in live)
        for state in LIVE
    }
    if any(waiting.values()):
        raise GrantsUndecidable(
            desk_review=waiting[GrantState.DESK_REVIEW],
            field_survey=waiting[GrantState.FIELD_SURVEY],
            scoring=waiting[GrantState.SCORING],
        )
    return rank(round, live, bars.judge(work, round, live))


def _otherwise(request: DecideGrants, ranked: Sequence[Ranked]) -> dict[UUID, Otherwise]:
    """What somebody decides other than advised. Raises InvalidRequest, or NotEligibleForGrant: the rule has no
    exceptions."""
    known = {one.application.id: one for one in ranked}
    for number, told in enumerate(request.otherwise):
        one = known.get(told.application_id)
        if one is None:
            raise wrong_field(
                f"otherwise.{number}.application_id", "unknown", "it is not in the ranking", "look at the ranking"
            )
        if told.granted and one.bar is not None:
            raise NotEligibleForGrant(
                bars.WHY[one.bar][0],
                detail_id=bars.WHY[one.bar][1],
                why=str(one.bar),
                application_id=str(told.application_id),
            )
    return {one.application_id: Otherwise(one.granted, one.rupiah, one.reason) for one in request.otherwise}
