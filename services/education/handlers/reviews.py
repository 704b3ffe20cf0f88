"""Reviews: opened when an agreement does not hold, or a levy was upheld; a person looks and ends them."""

from __future__ import annotations

from typing import Any

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.base import Event
from contracts.education import (
    AgreementState,
    FinishReview,
    ListReviews,
    ReviewClosed,
    ReviewKind,
    ReviewOpened,
    ReviewPage,
    ReviewState,
    ReviewView,
)
from contracts.problems import NotFound

from .. import store
from ..domain.agreement import Agreement
from ..domain.waiver import wrong_state
from . import find
from .batches import batches

KINDS = {
    AgreementState.SUSPENDED: ReviewKind.AGREEMENT_SUSPENDED,
    AgreementState.ENDED: ReviewKind.AGREEMENT_ENDED,
}


def follow(work: Work, agreement: Agreement) -> list[Event]:
    """What an agreement's new state asks for: a review for each pupil with a waiver, or none any more."""
    suspended = ReviewKind.AGREEMENT_SUSPENDED
    told = list[Event]()
    if agreement.state is not AgreementState.SUSPENDED and store.review.withdraw(work, suspended, agreement.id):
        told.append(ReviewClosed(kind=suspended, npsn=agreement.npsn, state=ReviewState.WITHDRAWN))
    if (kind := KINDS.get(agreement.state)) is not None:
        pupils = store.review.open_for_pupils(work, kind, agreement.npsn, agreement.school_year, agreement.id)
        told += [ReviewOpened(kind=kind, npsn=agreement.npsn, pupil_ids=some) for some in batches(pupils)]
    return told


def list_reviews(work: Work, query: ListReviews) -> ReviewPage:
    """Oldest first."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    found, cursor = store.review.pages(work, query)
    return ReviewPage(items=tuple(_view(work, one) for one in found), next=cursor)


def finish_review(work: Work, request: FinishReview) -> ReviewView:
    """Somebody has looked."""
    one = store.review.get(work, request.review_id)
    if one is None:
        raise NotFound(f"no review {request.review_id}", detail_id=f"tidak ada peninjauan {request.review_id}")
    if one["state"] != ReviewState.OPEN:
        raise wrong_state("finish_review", one["state"], [ReviewState.OPEN])
    store.review.finish(work, request.review_id, request.note)
    work.emit(request.review_id, 2, ReviewClosed(kind=one["kind"], npsn=one["npsn"], state=ReviewState.DONE))
    work.audit(request.review_id, kind=one["kind"], state="done")
    changed = {"state": ReviewState.DONE, "finished_at": work.now, "note": request.note}
    return _view(work, one | changed)


def _view(work: Work, one: dict[str, Any]) -> ReviewView:
    name = None
    if one["pupil_id"] is not None:
        pupil = store.pupil.get(work, one["pupil_id"])
        told = pupil.details["name"] if pupil else ""
        npsn = pupil.enrolment.npsn if pupil and pupil.enrolment else None
        name = told if not told or find.own_school(work, npsn) else mask_name(told)
    return ReviewView.model_validate(one | {"name": name})
