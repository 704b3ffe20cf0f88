"""Applications made, withdrawn, shown, handed over."""

from __future__ import annotations

from chassis.work import Work
from contracts.identity import kecamatan_of
from contracts.problems import wrong_field
from contracts.umkm import (
    AlreadyApplied,
    ApplyForGrant,
    GetGrant,
    GrantApplicationPage,
    GrantApplicationView,
    GrantApplied,
    GrantHandedOver,
    GrantMoved,
    GrantRoundState,
    HandOverGrant,
    ListGrants,
    WithdrawGrant,
)

from ... import store
from ...domain.grants.application import GrantApplication
from ...domain.grants.blind import require_blind
from .. import find as known
from ..day import day_of, today
from . import bars, find, views


def apply_for_grant(work: Work, request: ApplyForGrant) -> GrantApplicationView:
    """To the desk. The round is locked: members of a family take turns, and its decision waits for who came in time."""
    business = known.business(work, request.business_id)
    owner = known.owner_of(work, business.owner_id)
    round = find.round(work, request.round_id)
    round.require("apply_for_grant", work.now, GrantRoundState.OPEN)
    round.require_sum(request.rupiah)
    bars.require_none(work, round, owner, business)
    require_blind("use", request.use, owner)
    assert owner.household_key is not None, "bars.require_none refuses it"
    there = store.grants.application.live_of(work, round.id, owner.id, owner.household_key)
    for application_id, owner_id in there:
        if owner_id == owner.id:
            raise AlreadyApplied(whose="owner", application_id=str(application_id))
    if there:
        raise AlreadyApplied(whose="household")
    sheet = store.grants.round.sheets.get(work, round.scoresheet)
    assert sheet is not None, "sheets are never removed"
    application = GrantApplication(
        id=work.new_id(),
        round_id=round.id,
        owner_id=owner.id,
        business_id=business.id,
        household_key=owner.household_key,
        kecamatan_code=kecamatan_of(business.kelurahan_code),
        size_class=business.size.size_class,
        rupiah=request.rupiah,
        use=request.use,
        scoresheet=sheet,
        applied_at=work.now,
        applied_by=work.actor.subject,
    )
    store.grants.application.put(work, application, known=False)
    told = GrantApplied(
        application_id=application.id, round_id=round.id, person_key=owner.person_key, rupiah=application.rupiah
    )
    work.emit(application.id, application.version, told)
    work.audit(application.id, applied=True, rupiah=application.rupiah)
    return views.one_application(work, application)


def withdraw_grant(work: Work, request: WithdrawGrant) -> GrantApplicationView:
    """Before the round is decided."""
    application = find.application(work, request.application_id, seen=request.version)
    application.withdraw()
    return moved(work, application)


def get_grant(work: Work, request: GetGrant) -> GrantApplicationView:
    """One; looking is recorded."""
    known.require_purpose(work)
    application = find.application(work, request.application_id, lock=False)
    work.audit(application.id, looked=True)
    return views.one_application(work, application)


def list_grants(work: Work, query: ListGrants) -> GrantApplicationPage:
    """Newest first."""
    found, cursor = store.grants.application.pages(work, query)
    return GrantApplicationPage(items=views.applications(work, found), next=cursor)


def hand_over_grant(work: Work, request: HandOverGrant) -> GrantApplicationView:
    """With a receipt, and not before it was granted."""
    application = find.application(work, request.application_id, seen=request.version)
    application.hand_over(request.handed_on, request.receipt)
    assert application.decided_at is not None, "it was granted"
    if not day_of(application.decided_at) <= request.handed_on <= today(work):
        raise wrong_field(
            "handed_on", "outside", "it is before the decision or still to come", "send the day on the receipt"
        )
    store.grants.application.put(work, application, known=True)
    owner = known.owner_of(work, application.owner_id)
    told = GrantHandedOver(
        application_id=application.id,
        person_key=owner.person_key,
        rupiah=application.granted_rupiah or 0,
        handed_on=request.handed_on,
    )
    work.emit(application.id, application.version, told)
    work.audit(application.id, state=application.state, receipt=request.receipt)
    return views.one_application(work, application)


def moved(work: Work, application: GrantApplication) -> GrantApplicationView:
    """Store and tell that an application is elsewhere."""
    store.grants.application.put(work, application, known=True)
    told = GrantMoved(
        application_id=application.id,
        round_id=application.round_id,
        person_key=known.owner_of(work, application.owner_id).person_key,
        state=application.state,
    )
    work.emit(application.id, application.version, told)
    work.audit(application.id, state=application.state, reasons=list(map(str, application.reasons)))
    return views.one_application(work, application)
