"""What supervisors see to: complaints, milestones that were reported wrongly, erasure."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Request
from ...paging import PageQuery
from ...times import Moment
from ..values import TripMilestone
from ..views import BookingView, ComplaintPage, ComplaintView


class MakeComplaint(Request, operation="hearse.make_complaint", scope="hearse:book", reply=ComplaintView):
    """Nobody is asked to rate a funeral; who has something to say reaches the supervisor."""

    booking_id: UUID
    text: str = Field(min_length=3, max_length=2000, repr=False)


class ListComplaints(PageQuery, operation="hearse.list_complaints", scope="hearse:supervise", reply=ComplaintPage):
    """Newest first."""

    answered: bool | None = None


class AnswerComplaint(Request, operation="hearse.answer_complaint", scope="hearse:supervise", reply=ComplaintView):
    """The supervisor's answer; it settles the alert once no complaint of the booking is left."""

    complaint_id: UUID
    answer: str = Field(min_length=3, max_length=2000, repr=False)


class CorrectTripMilestone(
    Request, operation="hearse.correct_trip_milestone", scope="hearse:supervise", reply=BookingView
):
    """A milestone happened at another time than was reported. What was said before stays as history."""

    booking_id: UUID
    milestone: TripMilestone
    at: Moment
    reason: str = Field(min_length=3, max_length=500, repr=False)


class EraseBooking(Request, operation="hearse.erase_booking", scope="hearse:supervise", reply=BookingView):
    """Forget the people of a closed booking before its time: names, numbers, addresses and what was said. What counts
    for reports stays."""

    booking_id: UUID
    reason: str = Field(min_length=3, max_length=500, repr=False)
