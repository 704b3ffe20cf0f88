"""Rounds and applications as others see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from chassis.work import Work
from contracts.identity import region_name
from contracts.umkm import GrantApplicationView, GrantRoundView, GrantState, GrantToScoreView

from ... import store
from ...domain.grants.application import LIVE, GrantApplication
from ...domain.grants.round import GrantRound
from .. import find, market_views

_OF_OFFICE = ("announced_by", "decided_by", "ended")


def round_view(work: Work, round: GrantRound) -> GrantRoundView:
    """For everybody."""
    told = {name: value for name, value in asdict(round).items() if name not in _OF_OFFICE}
    return GrantRoundView.model_validate(told | {"state": round.state(work.now)})


def applications(
    work: Work, shown: Sequence[GrantApplication], *, whole: bool = False
) -> tuple[GrantApplicationView, ...]:
    """What owner and office see; of the visit the office alone, and not in lists. Of scores nothing is seen before the
    whole round is decided."""
    signs = store.business.signs(work, {one.business_id for one in shown})
    office = find.is_office(work)
    return tuple(
        GrantApplicationView(
            id=one.id,
            round_id=one.round_id,
            business_id=one.business_id,
            business_name=signs[one.business_id][0],
            rupiah=one.rupiah,
            use=one.use,
            state=one.state,
            reasons=one.reasons,
            visited_on=one.visited_on,
            findings=one.findings if office and whole else None,
            percent=one.percent if one.assessments and one.state not in (*LIVE, GrantState.WITHDRAWN) else None,
            granted_rupiah=one.granted_rupiah,
            reason=one.reason if whole or not office else None,
            applied_at=one.applied_at,
            decided_at=one.decided_at,
            handed_on=one.handed_on,
            version=one.version,
        )
        for one in shown
    )


def one_application(work: Work, shown: GrantApplication) -> GrantApplicationView:
    """One."""
    return applications(work, [shown], whole=True)[0]


def to_score(work: Work, shown: Sequence[GrantApplication]) -> tuple[GrantToScoreView, ...]:
    """What assessors see: nobody's name, telephone or address."""
    businesses = store.business.some(work, {one.business_id for one in shown})
    return tuple(
        GrantToScoreView(
            application_id=one.id,
            round_id=one.round_id,
            trade=businesses[one.business_id].trade,
            size_class=one.size_class,
            kecamatan=region_name(one.kecamatan_code) or one.kecamatan_code,
            founded_on=businesses[one.business_id].founded_on,
            rupiah=one.rupiah,
            use=one.use,
            findings=one.findings or "",
            scoresheet=market_views.scoresheet(one.scoresheet),
            given=len(one.assessments),
            assessments=tuple(map(market_views.assessment, one.seen_by(work.actor.subject))),
        )
        for one in shown
    )
