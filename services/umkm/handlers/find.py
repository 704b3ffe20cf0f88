"""Loading what a request names, or refusing it: not found, not the caller's, changed meanwhile, no purpose given."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import Forbidden, NotFound, require_version
from contracts.umkm import BusinessState, NotVerified, PurposeNeeded

from .. import store
from ..domain.batch import Batch
from ..domain.business import Business
from ..domain.certificate import Certificate
from ..domain.listing import Listing
from ..domain.owner import Owner
from ..domain.seat import Seat
from ..store.columns import CITIZEN

NOBODY = "ini dilakukan untuk seorang warga: kirim Citizen-Token"


def business(work: Work, business_id: UUID, *, lock: bool = False, seen: int | None = None) -> Business:
    """The business, if the caller may see it. Raises NotFound, or StaleVersion if the caller saw another version."""
    found = store.business.get(work, business_id, lock=lock)
    if found is None:
        raise NotFound(f"no business {business_id}", detail_id=f"tidak ada usaha {business_id}")
    require_version(found.version, seen)
    return found


def verified(work: Work, business_id: UUID) -> Business:
    """The same, if the office has verified it. Raises NotVerified."""
    found = business(work, business_id)
    require_verified(found)
    return found


def require_verified(business: Business) -> None:
    """Raise NotVerified."""
    if business.state is not BusinessState.VERIFIED:
        raise NotVerified(state=business.state)


def listing(work: Work, listing_id: UUID, *, lock: bool = True, seen: int | None = None) -> tuple[Listing, Business]:
    """The listing and its business, if the caller may see them. The business is locked first, by whoever changes
    either: what shoppers see depends on both. Raises NotFound or StaleVersion."""
    found = store.listing.get(work, listing_id)
    owned = store.business.get(work, found.business_id, lock=lock) if found else None
    if lock and owned:
        found = store.listing.get(work, listing_id, lock=True)
    if found is None or owned is None:
        raise NotFound(f"no listing {listing_id}", detail_id=f"tidak ada produk {listing_id}")
    require_version(found.version, seen)
    return found, owned


def owner_of(work: Work, owner_id: UUID, *, lock: bool = False) -> Owner:
    """The owner of something that was found."""
    found = store.owner.get(work, owner_id, lock=lock)
    assert found is not None, "a foreign key holds it"
    return found


def batch(work: Work, batch_id: UUID, *, lock: bool = False, seen: int | None = None) -> Batch:
    """The batch. Raises NotFound or StaleVersion."""
    found = store.batch.get(work, batch_id, lock=lock)
    if found is None:
        raise NotFound(f"no batch {batch_id}", detail_id=f"tidak ada angkatan {batch_id}")
    require_version(found.version, seen)
    return found


def seat(work: Work, seat_id: UUID) -> Seat:
    """The seat, if the caller may see it. Raises NotFound."""
    found = store.seat.get(work, seat_id)
    if found is None:
        raise NotFound(f"no seat {seat_id}", detail_id=f"tidak ada kursi {seat_id}")
    return found


def seat_in_batch(work: Work, seat_id: UUID, seen: int | None = None) -> tuple[Batch, Seat]:
    """The seat as it is once its batch is locked. Raises NotFound or StaleVersion."""
    locked = batch(work, seat(work, seat_id).batch_id, lock=True)
    found = seat(work, seat_id)
    require_version(found.version, seen)
    return locked, found


def certificate(work: Work, certificate_id: UUID, *, lock: bool = False, seen: int | None = None) -> Certificate:
    """The certificate, if the caller may see it. Raises NotFound or StaleVersion."""
    found = store.certificate.get(work, certificate_id, lock=lock)
    if found is None:
        raise NotFound(f"no certificate {certificate_id}", detail_id=f"tidak ada sertifikat {certificate_id}")
    require_version(found.version, seen)
    return found


def own(work: Work, owner: Owner) -> bool:
    """Whether the caller is this owner, in the super app."""
    return owner.citizen is not None and owner.citizen in work.actor.rows.get(CITIZEN, ())


def account(work: Work) -> str | None:
    """The caller's account in the super app; None for the office's people. Raises Forbidden for a super app that names
    nobody: it must not pass for an officer."""
    own = work.actor.rows.get(CITIZEN)
    if own is None:
        return None
    if len(own) != 1:
        raise Forbidden("this is done for a citizen: send a Citizen-Token", detail_id=NOBODY)
    return own[0]


def is_office(work: Work) -> bool:
    """Whether the caller is of the office or the bank, and no citizen."""
    return CITIZEN not in work.actor.rows


def require_purpose(work: Work) -> None:
    """Whoever does not look at their own says why. Raises PurposeNeeded."""
    if CITIZEN not in work.actor.rows and not work.cause.purpose:
        raise PurposeNeeded("send the header X-Purpose", detail_id="kirim header X-Purpose")
