"""A business becomes known, with its owner: each owner once, each NIB once, no name twice for one owner."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.identity import in_city, nik_birth_date_and_sex
from contracts.problems import wrong_field
from contracts.umkm import (
    BusinessChanged,
    BusinessKnown,
    BusinessRegistered,
    BusinessView,
    NibTaken,
    OwnerGiven,
    OwnerKnown,
    RegisterBusiness,
    SizeBasis,
)
from contracts.umkm.requests.businesses import CapitalGiven, TurnoverGiven

from .. import store
from ..domain.business import Business
from ..domain.owner import COMPARED, Owner
from ..domain.size import Size, declared
from ..store.business import name_key
from . import find, owner_deaths, views
from .day import today


def register_business(work: Work, request: RegisterBusiness) -> BusinessView:
    """Registered; an officer compares the papers later."""
    if request.founded_on > today(work):
        raise wrong_field("founded_on", "future", "the business is not founded yet", "send the day of its founding")
    require_city(request.kelurahan_code)
    size = size_of(request.size, request.founded_on, today(work))
    owner = _owner(work, request.owner)
    require_new_name(work, owner.id, request.name, None)
    require_free_nib(work, request.nib, None)
    business = Business(
        work.new_id(),
        owner.id,
        request.name,
        request.trade,
        request.kelurahan_code,
        request.address,
        request.founded_on,
        size,
        work.now,
        request.nib,
    )
    store.business.put(work, business, known=False)
    work.emit(
        business.id,
        business.version,
        BusinessRegistered(
            business_id=business.id,
            kecamatan_code=business.kelurahan_code[:8],
            size_class=size.size_class,
            has_nib=business.nib is not None,
        ),
    )
    work.audit(business.id, state=business.state)
    owner_deaths.follow_business(work, business, owner)
    return views.one_business(work, business, owner)


def size_of(given: CapitalGiven | TurnoverGiven, founded_on: date, day: date) -> Size:
    """The size that was declared."""
    year = given.year if isinstance(given, TurnoverGiven) else None
    return declared(SizeBasis(given.basis), given.rupiah, year, founded_on, day)


def require_city(kelurahan_code: str) -> None:
    """The office is the city's."""
    if not in_city(kelurahan_code):
        raise wrong_field(
            "kelurahan_code", "outside_city", "the place of business is not in the city", "send a kelurahan of 36.71"
        )


def require_new_name(work: Work, owner_id: UUID, name: str, but: UUID | None) -> None:
    """Raise BusinessKnown if another business of this owner has this name. Two that take it at once wait."""
    take_turn(work, f"names of {owner_id}")
    for one in store.business.of_owner(work, owner_id):
        if one.id != but and name_key(one.name) == name_key(name):
            raise BusinessKnown(business_id=str(one.id))


def require_free_nib(work: Work, nib: str | None, but: UUID | None) -> None:
    """Raise NibTaken if another business has it. Whoever asks for the same one in the same moment waits."""
    if nib is None:
        return
    take_turn(work, f"nib {nib}")
    if store.business.by_nib(work, nib) not in (None, but):
        raise NibTaken(
            "compare the NIB with the OSS paper; the office can help",
            detail_id="bandingkan NIB dengan dokumen OSS; dinas dapat membantu",
        )


def _owner(work: Work, given: OwnerGiven) -> Owner:
    """The owner, known or new, locked. Who came to the counter is known again in the super app by NIK and phone."""
    key, account = work.person_keys.checked("person", given.nik), find.account(work)
    if account is not None:
        take_turn(work, f"account {account}")  # two registrations of one telephone at once
    take_turn(work, f"owner {key}")
    if account is not None:
        mine = store.owner.of_citizen(work, account)
        if mine is not None and mine.person_key != key:
            raise wrong_field(
                "owner.nik", "other_account", "this account is registered with another NIK", "compare it with the KTP"
            )
    known = store.owner.by_key(work, key, lock=True)
    told: dict[str, Any] = {
        "name": given.name,
        "phone": given.phone,
        "kelurahan_code": given.kelurahan_code,
        "household_key": household_key(work, given.family_card_number),
        "disability": given.disability or None,
    }
    if known is None:
        sex = given.sex or nik_birth_date_and_sex(given.nik, today(work))[1]
        owner = Owner(work.new_id(), key, given.nik, given.name, given.phone, sex, given.kelurahan_code)
        owner.household_key, owner.disability, owner.citizen = told["household_key"], given.disability, account
        store.owner.put(work, owner, known=False)
        return owner
    if account is not None and known.citizen != account:
        if known.citizen is not None or known.phone != given.phone:
            raise OwnerKnown(
                "with another account or telephone: bring the KTP to the office",
                detail_id="dengan akun atau telepon lain: bawa KTP ke dinas",
            )
        told["citizen"] = account
    if changed := known.change(**told, sex=given.sex):
        keep_owner(work, known, changed)
    return known


def keep_owner(work: Work, owner: Owner, changed: frozenset[str]) -> None:
    """Store an owner. What owners say of themselves an officer compares again, for each business."""
    store.owner.put(work, owner, known=True)
    if find.account(work) is None or not changed & COMPARED:
        return
    for business in store.business.of_owner(work, owner.id, lock=True):
        if business.look_again():
            store.business.put(work, business, known=True)
            told = BusinessChanged(business_id=business.id, state=business.state)
            work.emit(business.id, business.version, told)
            work.audit(business.id, state=business.state)


def household_key(work: Work, family_card_number: str | None) -> str | None:
    """The key of a family; the number itself is not kept."""
    return None if family_card_number is None else work.person_keys.checked("household", family_card_number)
