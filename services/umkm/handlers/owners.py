"""Owners corrected and disclosed; permits of their businesses."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    BusinessView,
    CorrectOwner,
    DiscloseOwner,
    OwnerDisclosure,
    PermitKind,
    PermitTaken,
    RecordPermit,
)

from .. import store
from ..domain.permit import Permit, require_possible
from . import find, giving, views
from .registering import household_key, today


def correct_owner(work: Work, request: CorrectOwner) -> BusinessView:
    """What has changed, or was wrong."""
    business = find.business(work, request.business_id)
    told = request.model_dump(exclude={"business_id", "family_card_number"}, exclude_none=True)
    if request.family_card_number is not None:
        told["household_key"] = household_key(work, request.family_card_number)
    if not told:
        raise wrong_field("name", "nothing", "nothing was told", "send at least one field")
    owner = find.owner_of(work, business.owner_id, lock=True)
    if owner.change(**told):
        store.owner.put(work, owner, known=True)
        work.audit(owner.id, fields=sorted(told))
        giving.weigh_again(work, [owner])
    return views.one_business(work, business, owner)


def disclose_owner(work: Work, request: DiscloseOwner) -> OwnerDisclosure:
    """Unmasked."""
    owner = find.owner_of(work, find.business(work, request.business_id).owner_id)
    store.note.add(work, owner.id, "disclosed", request.reason)
    work.audit(owner.id, disclosed=True)
    return OwnerDisclosure(
        id=owner.id,
        name=owner.name,
        nik=owner.nik,
        phone=owner.phone,
        household_known=owner.household_key is not None,
        disability=owner.disability,
    )


def record_permit(work: Work, request: RecordPermit) -> BusinessView:
    """A new or renewed one."""
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
        work.audit(business.id, permit=str(permit.id), kind=kind, valid_until=valid_until.isoformat())
    return views.one_business(work, business)
