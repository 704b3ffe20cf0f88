"""What parents ask and complain of, at the office's desk; reviews of agreements and of waivers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from ...base import Request
from ...identity import Npsn
from ...paging import PageQuery
from ..views import (
    ApplicationView,
    CorrectionRequestPage,
    CorrectionRequestView,
    LevyComplaintPage,
    LevyComplaintView,
    ReviewPage,
    ReviewView,
)
from ..waiver_values import ComplaintState, ReviewKind, ReviewState

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]


class RecordAppeal(Request, operation="education.record_appeal", scope="education:decide", reply=ApplicationView):
    """A parent appeals at the counter."""

    application_id: UUID
    text: Text = Field(repr=False)


class ListCorrectionRequests(
    PageQuery, operation="education.list_correction_requests", scope="education:apply", reply=CorrectionRequestPage
):
    """What is due first stands first; a school's operator sees those about their pupils."""

    answered: bool | None = None


class AnswerCorrectionRequest(
    Request, operation="education.answer_correction_request", scope="education:apply", reply=CorrectionRequestView
):
    """It was put right, or why not."""

    request_id: UUID
    corrected: StrictBool
    answer: Text = Field(repr=False)


class ListLevyComplaints(
    PageQuery, operation="education.list_levy_complaints", scope="education:decide", reply=LevyComplaintPage
):
    """Oldest first."""

    npsn: Npsn | None = None
    state: ComplaintState | None = None


class DecideComplaint(
    Request, operation="education.decide_complaint", scope="education:decide", reply=LevyComplaintView
):
    """Upheld: the school's agreement is reviewed."""

    complaint_id: UUID
    upheld: StrictBool
    answer: Text = Field(repr=False)


class ListReviews(PageQuery, operation="education.list_reviews", scope="education:apply", reply=ReviewPage):
    """Oldest first: agreements of which a levy was upheld, and pupils whose school's agreement does not hold any more.
    A school's operator sees those about their pupils."""

    npsn: Npsn | None = None
    kind: ReviewKind | None = None
    state: ReviewState | None = None


class FinishReview(Request, operation="education.finish_review", scope="education:decide", reply=ReviewView):
    """Somebody has looked and done what was to be done."""

    review_id: UUID
    note: Text = Field(repr=False)


__all__ = [
    "AnswerCorrectionRequest",
    "DecideComplaint",
    "FinishReview",
    "ListCorrectionRequests",
    "ListLevyComplaints",
    "ListReviews",
    "RecordAppeal",
]
