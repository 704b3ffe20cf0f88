"""Booking: asked for, looked at."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Query, Request
from ...paging import PageQuery
from ...times import Moment
from ..ids import SeenVersion
from ..values import BookingState
from ..views import BookingPage, BookingView
from .given import DeceasedGiven, DestinationGiven, PlaceGiven, ReporterGiven

EARLIEST = Field(description="Not before this time. A time that has just passed means: as soon as possible.")
NOTE = Field(
    default=None, max_length=500, repr=False, description="Wishes of faith and family: read by people, never a filter."
)


class RequestBooking(Request, operation="hearse.request_booking", scope="hearse:book", reply=BookingView):
    """Ask for a hearse. Papers may follow. The same deceased booked twice is linked, and both are told."""

    reporter: ReporterGiven
    deceased: DeceasedGiven
    pickup: PlaceGiven
    destination: DestinationGiven
    earliest_at: Moment = EARLIEST
    note: str | None = NOTE


class SubmitDraft(Request, operation="hearse.submit_draft", scope="hearse:book", reply=BookingView):
    """Complete the draft that a confirmed death opened: the family's word. What is left out stays as it was."""

    booking_id: UUID
    reporter: ReporterGiven
    deceased: DeceasedGiven | None = None
    pickup: PlaceGiven | None = None
    destination: DestinationGiven
    earliest_at: Moment = EARLIEST
    note: str | None = NOTE
    version: SeenVersion | None = None


class GetBooking(Query, operation="hearse.get_booking", scope="hearse:bookings", reply=BookingView):
    """With names and phone while it is open. A citizen sees their own, a facility those of its pick-ups."""

    booking_id: UUID


class ListBookings(PageQuery, operation="hearse.list_bookings", scope="hearse:bookings", reply=BookingPage):
    """Newest first; names and phones masked."""

    state: BookingState | None = None
    incident_id: UUID | None = None
