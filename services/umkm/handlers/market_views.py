"""What is shown of products."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from chassis.work import Work
from contracts.identity import kecamatan_of, region_name
from contracts.umkm import (
    AssessmentView,
    CriterionView,
    CurationView,
    ListingPermitView,
    ListingView,
    PermitKind,
    PhotoView,
    ScoresheetView,
    ShopListing,
)

from .. import store
from ..domain.business import Business
from ..domain.curation import Curation
from ..domain.listing import Listing
from ..domain.permit import Permit
from ..domain.photo import Photo
from ..domain.scoring import Assessment, Scoresheet
from .day import today


def listing(work: Work, shown: Listing, business: Business) -> ListingView:
    """One whose business is at hand."""
    photos = store.listing.photos(work, [shown.id]).get(shown.id, [])
    return _listing(shown, business, photos, store.permit.of(work, [business.id]))


def listings(work: Work, shown: Sequence[Listing]) -> list[ListingView]:
    """Several."""
    businesses = store.business.some(work, {one.business_id for one in shown})
    photos = store.listing.photos(work, [one.id for one in shown])
    permits = store.permit.of(work, list(businesses))
    return [_listing(one, businesses[one.business_id], photos.get(one.id, []), permits) for one in shown]


def _listing(shown: Listing, business: Business, photos: Sequence[Photo], permits: Collection[Permit]) -> ListingView:
    relied_on = {one.id: one for one in permits}
    return ListingView(
        id=shown.id,
        business_id=shown.business_id,
        state=shown.state,
        title=shown.title,
        description=shown.description,
        category=shown.category,
        price_rupiah=shown.price_rupiah,
        unit=shown.unit,
        stock=shown.stock,
        photos=tuple(PhotoView(id=one.id, place=one.place, width=one.width, height=one.height) for one in photos),
        permits=tuple(
            ListingPermitView(
                id=id, kind=relied_on[id].kind, number=relied_on[id].number, valid_until=relied_on[id].valid_until
            )
            for id in shown.permit_ids
        ),
        shown=shown.shown(business),
        cause=shown.cause,
        reason=shown.reason,
        published_at=shown.published_at,
        version=shown.version,
    )


def for_shoppers(work: Work, ids: Sequence[UUID]) -> tuple[ShopListing, ...]:
    """Listings in this order."""
    found = store.listing.some(work, ids)
    signs = store.business.signs(work, {one.business_id for one in found.values()})
    photos, day = store.listing.photos(work, ids), today(work)
    named = {permit for one in found.values() for permit in one.permit_ids}
    permits = {one.id: one for one in store.permit.some(work, named) if one.counts(day)}
    shown = []
    for id in ids:
        one = found[id]
        name, kelurahan = signs[one.business_id]
        kinds = {permits[permit].kind for permit in one.permit_ids if permit in permits}
        code = kecamatan_of(kelurahan)
        assert one.published_at is not None, "it is published"
        shown.append(
            ShopListing(
                id=one.id,
                title=one.title,
                description=one.description,
                category=one.category,
                price_rupiah=one.price_rupiah,
                unit=one.unit,
                stock=one.stock,
                business_id=one.business_id,
                business_name=name,
                kecamatan_code=code,
                kecamatan=region_name(code) or code,
                halal=PermitKind.HALAL in kinds,
                pirt=PermitKind.PIRT in kinds,
                photos=tuple(photo.id for photo in photos.get(id, [])),
                published_at=one.published_at,
            )
        )
    return tuple(shown)


def scoresheet(sheet: Scoresheet) -> ScoresheetView:
    """A version."""
    return ScoresheetView(
        version=sheet.version,
        criteria=tuple(
            CriterionView(criterion=one.code, text=dict(one.text), most_points=one.most_points, weight=one.weight)
            for one in sheet.criteria
        ),
        assessors_needed=sheet.assessors_needed,
        pass_percent=sheet.pass_percent,
        set_at=sheet.set_at,
    )


def assessment(given: Assessment) -> AssessmentView:
    """What one assessor gave."""
    return AssessmentView(
        assessor=given.assessor,
        scores=dict(given.scores),
        percent=given.percent,
        remark=given.remark,
        given_at=given.given_at,
    )


def curations(work: Work, shown: Sequence[Curation]) -> tuple[CurationView, ...]:
    """What the caller may see of them."""
    found = store.listing.some(work, [one.listing_id for one in shown])
    views = {view.id: view for view in listings(work, list(found.values()))}
    businesses = store.business.some(work, {one.business_id for one in found.values()})
    return tuple(
        CurationView(
            listing=views[one.listing_id],
            business_name=businesses[found[one.listing_id].business_id].name,
            round=one.round,
            scoresheet=scoresheet(one.scoresheet),
            given=len(one.assessments),
            assessments=tuple(assessment(each) for each in one.seen_by(work.actor.subject)),
            percent=one.percent,
            decided=one.decided_at is not None,
            published=one.published,
            decided_by=one.decided_by,
            decided_at=one.decided_at,
        )
        for one in shown
    )
