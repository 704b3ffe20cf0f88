"""Products in the market."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event


class ListingSubmitted(Event, type="umkm.listing-submitted.v1"):
    """Assessors are to look at it."""

    listing_id: UUID
    business_id: UUID
    scoresheet: int = Field(description="Version of the scoresheet.")


class ListingAssessed(Event, type="umkm.listing-assessed.v1"):
    """One more assessor has scored; the scores are nobody else's business yet."""

    listing_id: UUID
    given: int
    needed: int


class ListingReturned(Event, type="umkm.listing-returned.v1"):
    """Not published: its owner reads why and can write it anew."""

    listing_id: UUID
    business_id: UUID


class ListingPublished(Event, type="umkm.listing-published.v1"):
    """Shoppers see it."""

    listing_id: UUID
    business_id: UUID
    category: str
    kecamatan_code: str


class ListingWithdrawn(Event, type="umkm.listing-withdrawn.v1"):
    """Shoppers don't see it any more."""

    listing_id: UUID
    business_id: UUID
    cause: str = Field(description="owner, office, permit_expired or business_closed; more may come.")


class PermitExpiring(Event, type="umkm.permit-expiring.v1"):
    """Listings that rely on it are withdrawn when its last day is over."""

    permit_id: UUID
    business_id: UUID
    kind: str
    valid_until: date
    listing_ids: tuple[UUID, ...]


class ScoresheetSet(Event, type="umkm.scoresheet-set.v1"):
    """A new version."""

    version: int


__all__ = [
    "ListingAssessed",
    "ListingPublished",
    "ListingReturned",
    "ListingSubmitted",
    "ListingWithdrawn",
    "PermitExpiring",
    "ScoresheetSet",
]
