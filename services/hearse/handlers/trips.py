"""What crews report from the road. Row scope: their own vehicles only."""

from __future__ import annotations

from chassis.work import Work
from contracts.hearse.requests.trips import RecordTripMilestone
from contracts.hearse.values import TripState
from contracts.hearse.views import BookingView

from .. import store
from ..domain.refusals import wrong_state
from . import clocks, find, overruns
from .booking import show


def record_trip_milestone(work: Work, request: RecordTripMilestone) -> BookingView:
    """A step of the trip; what is done earlier than planned is free earlier."""
    booking = find.booking(work, request.booking_id, lock=True)
    trip = store.trip.shown(work, [booking.id]).get(booking.id)
    if trip is None or trip.state is TripState.HELD:
        raise wrong_state(request.milestone, booking.state, ["scheduled"])
    find.require_unit(work, trip.vehicle_id)
    events = trip.record(request.milestone, request.at or work.now, work.now)
    if events:
        assert trip.furthest is not None, "one was just recorded"
        booking.progress(trip.furthest, work.now)
        store.trip.save(work, trip, request.milestone)
        store.booking.save(work, booking)
        clocks.progressed(work, booking, trip)
        if trip.state is TripState.ENDED:
            store.reservation.shorten(work, trip.id, work.now)
        else:
            overruns.look(work, booking, trip)
        work.emit(trip.id, trip.version, *events)
        work.audit(booking.id, state=booking.state, milestone=request.milestone, vehicle_id=trip.vehicle_id)
    return show(work, booking)
