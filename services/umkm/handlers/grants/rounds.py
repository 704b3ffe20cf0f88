"""Rounds announced, cancelled, shown."""

from __future__ import annotations

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    AnnounceGrantRound,
    CancelGrantRound,
    GetGrantRound,
    GrantRefusal,
    GrantRoundAnnounced,
    GrantRoundCancelled,
    GrantRoundPage,
    GrantRoundView,
    ListGrantRounds,
)

from ... import store
from ...domain.grants.application import LIVE
from ...domain.grants.round import GrantRound
from . import deciding, find, views


def announce_grant_round(work: Work, request: AnnounceGrantRound) -> GrantRoundView:
    """With the scoresheet that holds now."""
    if request.closes_at <= work.now:
        raise wrong_field("closes_at", "past", "the round would be over already", "send a moment to come")
    told = {name: getattr(request, name) for name in type(request).model_fields}
    sheet = store.grants.round.sheets.newest(work)
    round = GrantRound(id=work.new_id(), scoresheet=sheet.version, announced_by=work.actor.subject, **told)
    store.grants.round.put(work, round, known=False)
    announced = GrantRoundAnnounced(
        round_id=round.id,
        title=round.title,
        places=round.places,
        budget_rupiah=round.budget_rupiah,
        opens_at=round.opens_at,
        closes_at=round.closes_at,
    )
    work.emit(round.id, round.version, announced)
    work.audit(round.id, announced=True, places=round.places, rupiah=round.budget_rupiah, sheet=sheet.version)
    return views.round_view(work, round)


def cancel_grant_round(work: Work, request: CancelGrantRound) -> GrantRoundView:
    """All applications are refused by that."""
    round = find.round(work, request.round_id, seen=request.version)
    round.cancel(request.reason, work.now)
    for one in store.grants.application.of_round(work, round.id, *LIVE, lock=True):
        one.refuse(GrantRefusal.OTHER, request.reason, work.now)
        deciding.tell(work, one)
    store.grants.round.put(work, round, known=True)
    work.emit(round.id, round.version, GrantRoundCancelled(round_id=round.id))
    work.audit(round.id, state=round.ended)
    return views.round_view(work, round)


def get_grant_round(work: Work, query: GetGrantRound) -> GrantRoundView:
    """One."""
    return views.round_view(work, find.round(work, query.round_id, lock=False))


def list_grant_rounds(work: Work, query: ListGrantRounds) -> GrantRoundPage:
    """Those that close last first."""
    found, cursor = store.grants.round.pages(work, query)
    return GrantRoundPage(items=tuple(views.round_view(work, one) for one in found), next=cursor)
