"""What crews report from the road."""

from __future__ import annotations

from uuid import UUID

from ...base import Request
from ...times import Moment
from ..values import TripMilestone
from ..views import BookingView


class RecordTripMilestone(Request, operation="hearse.record_trip_milestone", scope="hearse:trip", reply=BookingView):
    """A step of the trip; the same one again changes nothing. Never refused because it is late."""

    booking_id: UUID
    milestone: TripMilestone
    at: Moment | None = None
