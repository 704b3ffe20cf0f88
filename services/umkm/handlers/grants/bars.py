"""Who can't have a grant of a round: one rule for whoever applies and whoever is decided about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.umkm import BusinessState, GrantBar, NotEligibleForGrant

from ... import store
from ...domain.business import Business
from ...domain.grants.application import GrantApplication
from ...domain.grants.ranking import Judged
from ...domain.grants.round import GrantRound
from ...domain.owner import Owner

WHY = {  # English, Indonesian
    GrantBar.DECEASED: ("the owner's death was recorded", "kematian pemilik tercatat"),
    GrantBar.NOT_VERIFIED: (
        "the office has not verified the business: bring its papers to the counter",
        "usaha belum diverifikasi dinas: bawa berkasnya ke loket",
    ),
    GrantBar.RESIDENT: ("the owner's KTP is of another city", "KTP pemilik dari kota lain"),
    GrantBar.SIZE_CLASS: ("the round is for businesses of another class", "putaran ini untuk skala usaha lain"),
    GrantBar.HOUSEHOLD_UNKNOWN: (
        "the family is not known: record the number of the family card with the owner",
        "keluarga belum diketahui: catat nomor kartu keluarga pemilik",
    ),
    GrantBar.CERTIFICATE: (
        "a training is to be passed first: ask for a seat in one",
        "harus lulus pelatihan dahulu: mintalah kursi pelatihan",
    ),
    GrantBar.RECEIVED_BEFORE: (
        "the owner or somebody of the household has received a grant",
        "pemilik atau anggota keluarganya sudah pernah menerima hibah",
    ),
}


def require_none(work: Work, round: GrantRound, owner: Owner, business: Business) -> None:
    """Raise NotEligibleForGrant with the first that there is."""
    received_on = _received(work, [owner]).get(owner.id)
    found = next(
        round.bars(
            owner,
            business.size.size_class,
            verified=business.state is BusinessState.VERIFIED,
            certificates=store.certificate.count_valid(work, owner.id),
            received_on=received_on,
            deceased=bool(store.owner_death.of_person(work, owner.person_key)),
        ),
        None,
    )
    if found is None:
        return
    told: dict[str, Any] = {}
    if found is GrantBar.RECEIVED_BEFORE and received_on is not None:
        until = round.barred_until(received_on)
        told = {"received_on": str(received_on), "until": str(until) if until else None}
    english, indonesian = WHY[found]
    raise NotEligibleForGrant(english, detail_id=indonesian, why=str(found), **told)


def judge(work: Work, round: GrantRound, applications: Sequence[GrantApplication]) -> dict[UUID, Judged]:
    """What is known now of each of them, by its id: a family card may have changed since."""
    owners = store.owner.some(work, {one.owner_id for one in applications})
    businesses = store.business.some(work, {one.business_id for one in applications})
    certificates = store.certificate.counts_valid(work, owners.keys())
    deceased = store.owner_death.deceased(work, {one.person_key for one in owners.values()})
    received = _received(work, list(owners.values()))
    found = {}
    for one in applications:
        owner, business = owners[one.owner_id], businesses[one.business_id]
        bars = round.bars(
            owner,
            one.size_class,  # a business that has outgrown its class since keeps what it was when it applied
            verified=business.state is BusinessState.VERIFIED,
            certificates=certificates.get(owner.id, 0),
            received_on=received.get(owner.id),
            deceased=owner.person_key in deceased,
        )
        found[one.id] = Judged(next(bars, None), owner.household_key or one.household_key)
    return found


def _received(work: Work, owners: Sequence[Owner]) -> dict[UUID, date]:
    """The last day on which each of them, or somebody of the household, was granted something."""
    told = ({one.id for one in owners}, {one.household_key for one in owners if one.household_key})
    days: dict[UUID | str, date] = {}
    for owner_id, household, day in (
        *store.grants.application.received(work, *told),
        *store.grants.earlier.received(work, *told),
    ):
        for whose in (owner_id, household):
            if whose is not None:
                days[whose] = max(day, days.get(whose, day))
    found = {}
    for one in owners:
        theirs = [days[whose] for whose in (one.id, one.household_key) if whose is not None and whose in days]
        if theirs:
            found[one.id] = max(theirs)
    return found
