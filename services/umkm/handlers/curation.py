"""Curation: scored by assessors who do not see each other's scores, decided by somebody else."""

from __future__ import annotations

from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import NotFound
from contracts.umkm import (
    AssessListing,
    CurationPage,
    CurationView,
    DecideListing,
    GetCuration,
    GetScoresheet,
    ListCurations,
    ListingAssessed,
    ListingReturned,
    ListingState,
    ListingView,
    ScoresheetSet,
    ScoresheetView,
    SetScoresheet,
)

from .. import store
from ..domain.curation import Assessment, Criterion, Curation, Scoresheet
from . import find, listings, market_views, shelf


def set_scoresheet(work: Work, request: SetScoresheet) -> ScoresheetView:
    """The next version; the same again changes nothing."""
    take_turn(work, "scoresheet")
    newest = store.curation.newest_sheet(work)
    criteria = tuple(
        Criterion(one.criterion, {"id": one.indonesian, "en": one.english}, one.most_points, one.weight)
        for one in request.criteria
    )
    told = (criteria, request.assessors_needed, request.pass_percent)
    if told == (newest.criteria, newest.assessors_needed, newest.pass_percent):
        return market_views.scoresheet(newest)
    sheet = Scoresheet(newest.version + 1, *told, work.now)
    store.curation.add_sheet(work, sheet)
    work.emit("scoresheet", sheet.version, ScoresheetSet(version=sheet.version))
    work.audit("scoresheet", version=sheet.version)
    return market_views.scoresheet(sheet)


def get_scoresheet(work: Work, query: GetScoresheet) -> ScoresheetView:
    """The newest, or one of before."""
    if query.version is None:
        return market_views.scoresheet(store.curation.newest_sheet(work))
    found = store.curation.get_sheet(work, query.version)
    if found is None:
        raise NotFound(f"no scoresheet {query.version}", detail_id=f"tidak ada lembar nilai {query.version}")
    return market_views.scoresheet(found)


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
    curation.require_may_assess(work.actor.subject)
    curation.scoresheet.require_scores([(one.criterion, one.points) for one in request.scores])
    scores = {one.criterion: one.points for one in request.scores}
    percent = curation.scoresheet.percent(scores)
    given = Assessment(work.actor.subject, scores, percent, request.remark, work.now)
    store.curation.assess(work, curation.id, given)
    curation.assessments += (given,)
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
