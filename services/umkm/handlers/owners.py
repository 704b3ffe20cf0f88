"""Owners corrected and disclosed."""

from __future__ import annotations

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    BusinessView,
    CorrectOwner,
    DiscloseOwner,
    OwnerDisclosure,
)

from .. import store
from . import find, giving, registering, views
from .registering import household_key


def correct_owner(work: Work, request: CorrectOwner) -> BusinessView:
    """What has changed, or was wrong."""
    find.account(work)
    business = find.business(work, request.business_id)
    told = request.model_dump(exclude={"business_id", "family_card_number"}, exclude_none=True)
    if request.family_card_number is not None:
        told["household_key"] = household_key(work, request.family_card_number)
    if not told:
        raise wrong_field("name", "nothing", "nothing was told", "send at least one field")
    owner = find.owner_of(work, business.owner_id, lock=True)
    if changed := owner.change(**told):
        registering.keep_owner(work, owner, changed)
        work.audit(owner.id, fields=sorted(changed))
        giving.weigh_again(work, [owner])
    return views.one_business(work, find.business(work, request.business_id), owner)


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
