"""Curation: scored by assessors who do not see each other's scores, decided by somebody else."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import NotFound
from contracts.umkm import (
    AssessListing,
    CurationPage,
    CurationView,
    DecideListing,
    GetCuration,
    ListCurations,
    ListingAssessed,
    ListingReturned,
    ListingState,
    ListingView,
)

from .. import store
from ..domain.curation import Curation
from . import find, listings, market_views, shelf


def list_curations(work: Work, query: ListCurations) -> CurationPage:
    """Longest waiting first."""
    found, cursor = store.curation.pages(work, query)
    return CurationPage(items=market_views.curations(work, found), next=cursor)


def get_curation(work: Work, query: GetCuration) -> CurationView:
    """The last of a listing."""
    return market_views.curations(work, [_last(work, query.listing_id)])[0]


def assess_listing(work: Work, request: AssessListing) -> CurationView:
    """One more; nobody sees it before all are in."""
    listing, _ = find.listing(work, request.listing_id)
    listing.require("assess_listing", ListingState.CURATION)
    curation = _last(work, listing.id, lock=True)
    scores = [(one.criterion, one.points) for one in request.scores]
    store.curation.scores.add(work, curation.id, curation.assess(work.actor.subject, scores, request.remark, work.now))
    count, needed = len(curation.assessments), curation.scoresheet.assessors_needed
    work.emit(curation.id, count, ListingAssessed(listing_id=listing.id, given=count, needed=needed))
    work.audit(listing.id, assessed=True, round=curation.round)
    return market_views.curations(work, [curation])[0]


def decide_listing(work: Work, request: DecideListing) -> ListingView:
    """Sheet, scores and who decided are kept."""
    listing, business = find.listing(work, request.listing_id, seen=request.version)
    listing.require("decide_listing", ListingState.CURATION)
    curation = _last(work, listing.id, lock=True)
    curation.decide(work.actor.subject, request.publish, request.reason, work.now)
    if request.publish:
        find.require_verified(business)
        listings.require_complete(work, listing, business)
        listing.publish(work.now)
        work.emit(listing.id, listing.version, listings.published(listing, business))
    else:
        listing.send_back(request.reason or "")
        work.emit(listing.id, listing.version, ListingReturned(listing_id=listing.id, business_id=business.id))
    store.curation.decided(work, curation)
    store.listing.put(work, listing, known=True)
    shelf.follow(work, listing, business)
    work.audit(listing.id, state=listing.state, round=curation.round, sheet=curation.scoresheet.version)
    return market_views.listing(work, listing, business)


def _last(work: Work, listing_id: UUID, *, lock: bool = False) -> Curation:
    found = store.curation.last(work, listing_id, lock=lock)
    if found is None:
        raise NotFound(f"no curation of {listing_id}", detail_id=f"tidak ada kurasi untuk {listing_id}")
    return found
