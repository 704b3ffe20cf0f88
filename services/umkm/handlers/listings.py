"""Products written, submitted, withdrawn, restored."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.base import Event
from contracts.identity import kecamatan_of
from contracts.problems import NotFound, wrong_field
from contracts.umkm import (
    DescribeListing,
    DraftListing,
    GetListing,
    ListingPage,
    ListingPublished,
    ListingState,
    ListingSubmitted,
    ListingView,
    ListingWithdrawn,
    ListListings,
    RestoreListing,
    RewriteListing,
    SubmitListing,
    TakeDownListing,
    WithdrawalCause,
    WithdrawListing,
)

from .. import store
from ..domain.business import Business
from ..domain.curation import Curation
from ..domain.listing import Listing
from ..domain.permit import Permit
from . import find, market_views, shelf
from .day import today


def draft_listing(work: Work, request: DraftListing) -> ListingView:
    """Not shown yet; the business need not be verified yet."""
    business = find.business(work, request.business_id)
    listing = Listing(
        work.new_id(),
        business.id,
        request.title,
        request.description,
        request.category,
        request.price_rupiah,
        request.unit,
        request.stock,
        request.permit_ids,
    )
    _permits(work, business, listing.permit_ids)
    store.listing.put(work, listing, known=False)
    work.audit(listing.id, state=listing.state)
    return market_views.listing(work, listing, business)


def describe_listing(work: Work, request: DescribeListing) -> ListingView:
    """Price and stock at once, all else of a draft."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    told = {name: getattr(request, name) for name in request.model_fields_set - {"listing_id", "version"}}
    if not {name for name, value in told.items() if value is not None}:
        raise wrong_field("title", "nothing", "nothing was told", "send at least one field")
    _permits(work, business, request.permit_ids or ())
    if listing.describe(**told):
        _keep(work, listing, business)
    return market_views.listing(work, listing, business)


def submit_listing(work: Work, request: SubmitListing) -> ListingView:
    """With all that shoppers and the law need."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    find.require_verified(business)
    listing.require("submit_listing", ListingState.DRAFT)
    require_complete(work, listing, business)
    listing.submit()
    sheet = store.curation.sheets.newest(work)
    size_class, kecamatan = business.size.size_class, kecamatan_of(business.kelurahan_code)
    begun = Curation(work.new_id(), listing.id, listing.round, sheet, work.now, size_class, kecamatan)
    store.curation.begin(work, begun)
    told = ListingSubmitted(listing_id=listing.id, business_id=business.id, scoresheet=sheet.version)
    return _keep(work, listing, business, told)


def withdraw_listing(work: Work, request: WithdrawListing) -> ListingView:
    """By its owner."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    if listing.state is ListingState.CURATION:
        store.curation.left(work, listing.id, listing.round)
    listing.withdraw()
    return _keep(work, listing, business, _withdrawn(listing))


def take_down_listing(work: Work, request: TakeDownListing) -> ListingView:
    """By the office."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    listing.take_down("take_down_listing", WithdrawalCause.OFFICE, request.reason)
    return _keep(work, listing, business, _withdrawn(listing))


def restore_listing(work: Work, request: RestoreListing) -> ListingView:
    """As it was."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    find.require_verified(business)
    listing.require("restore_listing", ListingState.WITHDRAWN)
    require_complete(work, listing, business)
    listing.restore()
    return _keep(work, listing, business, published(listing, business))


def rewrite_listing(work: Work, request: RewriteListing) -> ListingView:
    """A draft again."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    listing.rewrite()
    return _keep(work, listing, business)


def get_listing(work: Work, query: GetListing) -> ListingView:
    """One."""
    listing = store.listing.get(work, query.listing_id)
    if listing is None:
        raise NotFound(f"no listing {query.listing_id}", detail_id=f"tidak ada produk {query.listing_id}")
    return market_views.listings(work, [listing])[0]


def list_listings(work: Work, query: ListListings) -> ListingPage:
    """Newest first."""
    found, cursor = store.listing.pages(work, query)
    return ListingPage(items=tuple(market_views.listings(work, found)), next=cursor)


def withdraw_all(work: Work, business: Business, cause: WithdrawalCause, relying_on: UUID | None = None) -> None:
    """Published listings of a business; `relying_on`: those that name this permit."""
    for listing in store.listing.published_of(work, business.id):
        if relying_on is None or relying_on in listing.permit_ids:
            listing.take_down("withdraw_listing", cause)
            _keep(work, listing, business, _withdrawn(listing))


def require_complete(work: Work, listing: Listing, business: Business) -> None:
    """Raise ListingIncomplete."""
    permits = _permits(work, business, listing.permit_ids)
    photos = store.listing.photos(work, [listing.id]).get(listing.id, [])
    listing.require_complete(business, permits, len(photos), today(work))


def published(listing: Listing, business: Business) -> ListingPublished:
    """The fact."""
    return ListingPublished(
        listing_id=listing.id,
        business_id=business.id,
        category=listing.category,
        kecamatan_code=kecamatan_of(business.kelurahan_code),
    )


def _withdrawn(listing: Listing) -> ListingWithdrawn:
    cause = listing.cause or WithdrawalCause.OWNER
    return ListingWithdrawn(listing_id=listing.id, business_id=listing.business_id, cause=cause)


def _permits(work: Work, business: Business, permit_ids: tuple[UUID, ...]) -> list[Permit]:
    """Those that are named; all must be the business's own."""
    own = {one.id: one for one in store.permit.of(work, [business.id])}
    for index, id in enumerate(permit_ids):
        if id not in own:
            raise wrong_field(
                f"permit_ids.{index}", "no_permit", "the business has no such permit", "record the permit first"
            )
    return [own[id] for id in permit_ids]


def _keep(work: Work, listing: Listing, business: Business, *told: Event) -> ListingView:
    store.listing.put(work, listing, known=True)
    shelf.follow(work, listing, business)
    work.emit(listing.id, listing.version, *told)
    work.audit(listing.id, state=listing.state)
    return market_views.listing(work, listing, business)
