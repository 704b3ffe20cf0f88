"""Products: written by their owners, with photos."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Query, Request
from ...files import Jpeg, StoredFile
from ...paging import PageQuery
from ..values import ListingState, PhotoSize, ProductCategory
from ..views import ListingPage, ListingView
from .businesses import SEEN
from .owners import Reason

MOST_PHOTOS, MOST_PERMITS = 6, 6
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Price = Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]
Unit = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
Stock = Annotated[StrictInt, Field(ge=0, le=10_000_000)]


def _once(ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    if len(set(ids)) < len(ids):
        raise PydanticCustomError("twice", "an id stands twice", {"fix": "send each once"})
    return ids


Permits = Annotated[tuple[UUID, ...], Field(max_length=MOST_PERMITS), AfterValidator(_once)]


class DraftListing(Request, operation="umkm.draft_listing", scope="umkm:sell", reply=ListingView):
    """A product that is not shown yet. `permit_ids` names permits of the business that it relies on."""

    business_id: UUID
    title: Title
    description: Description = ""
    category: ProductCategory
    price_rupiah: Price
    unit: Unit
    stock: Stock | None = Field(default=None, description="Null: made to order.")
    permit_ids: Permits = ()


class DescribeListing(Request, operation="umkm.describe_listing", scope="umkm:sell", reply=ListingView):
    """What has changed. Of a published one price and stock change at once; anything else needs curation anew, so it is
    to be withdrawn first."""

    listing_id: UUID
    title: Title | None = None
    description: Description | None = None
    category: ProductCategory | None = None
    price_rupiah: Price | None = None
    unit: Unit | None = None
    stock: Stock | None = None
    permit_ids: Permits | None = None
    version: StrictInt | None = SEEN


class AddPhoto(Request, operation="umkm.add_photo", scope="umkm:sell", reply=ListingView):
    """JPEG, PNG or WebP, at most 10 MB and below 60 megapixels. It is turned upright, made smaller, and keeps nothing
    of what a camera writes into it, such as where it was taken."""

    listing_id: UUID
    file: StoredFile


class RemovePhoto(Request, operation="umkm.remove_photo", scope="umkm:sell", reply=ListingView):
    """From a draft."""

    listing_id: UUID
    photo_id: UUID


class SubmitListing(Request, operation="umkm.submit_listing", scope="umkm:sell", reply=ListingView):
    """To curation: it stays as it is until it is decided."""

    listing_id: UUID
    version: StrictInt | None = SEEN


class WithdrawListing(Request, operation="umkm.withdraw_listing", scope="umkm:sell", reply=ListingView):
    """Not shown any more, by its owner; out of curation it is a draft again."""

    listing_id: UUID
    version: StrictInt | None = SEEN


class RestoreListing(Request, operation="umkm.restore_listing", scope="umkm:sell", reply=ListingView):
    """Shown again, as it was: after its owner withdrew it, or a permit was renewed."""

    listing_id: UUID
    version: StrictInt | None = SEEN


class RewriteListing(Request, operation="umkm.rewrite_listing", scope="umkm:sell", reply=ListingView):
    """A withdrawn one becomes a draft, to be changed and submitted anew."""

    listing_id: UUID
    version: StrictInt | None = SEEN


class GetListing(Query, operation="umkm.get_listing", scope="umkm:sell", reply=ListingView):
    """As its owner and the office see it."""

    listing_id: UUID


class ListListings(PageQuery, operation="umkm.list_listings", scope="umkm:sell", reply=ListingPage):
    """Newest first; owners see their own."""

    business_id: UUID | None = None
    state: ListingState | None = None


class GetPhoto(Query, operation="umkm.get_photo", scope="umkm:public", reply=Jpeg):
    """For everybody, once its listing is shown; before, for its owner and the office."""

    photo_id: UUID
    size: PhotoSize = PhotoSize.LARGE


class TakeDownListing(Request, operation="umkm.take_down_listing", scope="umkm:decide", reply=ListingView):
    """Not shown any more, by the office; its owner reads why."""

    listing_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


__all__ = [
    "AddPhoto",
    "DescribeListing",
    "DraftListing",
    "GetListing",
    "GetPhoto",
    "ListListings",
    "RemovePhoto",
    "RestoreListing",
    "RewriteListing",
    "SubmitListing",
    "TakeDownListing",
    "WithdrawListing",
]
