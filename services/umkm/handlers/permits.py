"""Permits recorded and renewed; before one ends its owner is warned, on its last midnight listings are withdrawn."""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.turns import take_turn
from chassis.work import Work
from contracts.umkm import BusinessView, PermitExpiring, PermitKind, PermitTaken, RecordPermit, WithdrawalCause

from .. import store
from ..domain.permit import Permit, require_possible
from . import find, listings, shelf, views
from .day import today
from .timer_kinds import PERMIT_ENDS, PERMIT_WARNS


def record_permit(work: Work, request: RecordPermit) -> BusinessView:
    """A new or renewed one; its clocks are set anew."""
    business = find.business(work, request.business_id, lock=True)
    kind, number, valid_until = PermitKind(request.permit.kind), request.permit.number, request.permit.valid_until
    require_possible(kind, valid_until, today(work))
    take_turn(work, f"permit {kind} {number}")
    permit = store.permit.numbered(work, kind, number)
    if permit is not None and permit.business_id != business.id:
        raise PermitTaken("compare the number with the paper", detail_id="bandingkan nomornya dengan dokumen")
    if permit is None or permit.valid_until != valid_until:
        permit = permit or Permit(work.new_id(), business.id, kind, number, valid_until)
        permit.valid_until = valid_until
        store.permit.put(work, permit)
        work.remind(PERMIT_WARNS, permit.id, permit.warned_at)
        work.remind(PERMIT_ENDS, permit.id, permit.ends_at)
        work.audit(business.id, permit=str(permit.id), kind=kind, valid_until=valid_until.isoformat())
        shelf.follow_business(work, business)
    return views.one_business(work, business)


def warn_due(work: Work, timer: Timer) -> None:
    """Sixty days are left, or fewer if it was recorded so late."""
    permit = store.permit.get(work, UUID(timer.subject))
    if permit is None:
        return
    published = store.listing.published_of(work, permit.business_id, lock=False)
    relying = [one for one in published if permit.id in one.permit_ids]
    told = PermitExpiring(
        permit_id=permit.id,
        business_id=permit.business_id,
        kind=permit.kind,
        valid_until=permit.valid_until,
        listing_ids=tuple(one.id for one in relying),
    )
    work.emit(permit.id, 1, told)
    work.audit(permit.id, warned=True, listings=len(relying))


def end_due(work: Work, timer: Timer) -> None:
    """Its last day is over: what relies on it is not shown any more."""
    found = store.permit.get(work, UUID(timer.subject))
    if found is None:
        return
    business = store.business.get(work, found.business_id, lock=True)
    assert business is not None, "a foreign key holds it"
    permit = store.permit.get(work, found.id)  # as it is now that nobody renews it
    if permit is None or permit.counts(today(work)):
        return
    listings.withdraw_all(work, business, WithdrawalCause.PERMIT_EXPIRED, relying_on=permit.id)
    work.audit(permit.id, ended=True)
