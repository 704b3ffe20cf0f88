"""Which listings shoppers see: brought in line with listing, business and permits after each change of one of them."""

from __future__ import annotations

from chassis.work import Work
from contracts.identity import kecamatan_of
from contracts.umkm import PermitKind

from .. import store
from ..domain.business import Business
from ..domain.listing import Listing
from ..domain.words.tokens import words
from .day import today


def follow(work: Work, listing: Listing, business: Business) -> None:
    """Shown as it is now, or not at all."""
    if not listing.shown(business):
        store.catalogue.remove(work, listing.id)
        return
    relied_on = set(listing.permit_ids)
    day = today(work)
    kinds = {one.kind for one in store.permit.of(work, [business.id]) if one.id in relied_on and one.counts(day)}
    head = set(words(listing.title))
    store.catalogue.put(
        work,
        head | set(words(listing.description)) | set(words(business.name)),
        head,
        listing_id=listing.id,
        business_id=business.id,
        category=listing.category,
        kecamatan_code=kecamatan_of(business.kelurahan_code),
        halal=PermitKind.HALAL in kinds,
        pirt=PermitKind.PIRT in kinds,
        published_at=listing.published_at,
    )


def follow_business(work: Work, business: Business) -> None:
    """All listings of a business that has changed."""
    for listing in store.listing.published_of(work, business.id):
        follow(work, listing, business)
