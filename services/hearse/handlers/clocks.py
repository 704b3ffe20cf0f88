"""The durable clocks of bookings and trips: set when their reason begins, forgotten when it ends.

What happens when one runs out is in run_out.py. The alert that it raised is cleared here, with the clock.
"""

from __future__ import annotations

from datetime import timedelta

from chassis.work import Work
from contracts.hearse.values import AlertKind, BookingState

from .. import store
from ..domain.booking import WAITING, Booking
from ..domain.trip import Trip
from . import alerts
from .timer_kinds import (
    APPROVAL_DUE,
    ARRIVAL_DUE,
    END_DUE,
    EXPIRY,
    KIN_DUE,
    OF_BOOKING,
    OF_TRIP,
    VEHICLE_CHECK,
)

LOOK_AHEAD = timedelta(hours=24)
"""So long before its time a booking without a vehicle is first looked at."""


def drafted(work: Work, booking: Booking) -> None:
    """The next of kin must answer. A draft itself never expires: the body lies somewhere."""
    clocks = store.configuration.current(work).clocks
    work.remind(KIN_DUE, booking.id, work.now + timedelta(minutes=clocks.kin_answer_minutes))


def requested(work: Work, booking: Booking) -> None:
    """An officer must approve it, a vehicle must be free, and somebody must follow it up."""
    clocks = store.configuration.current(work).clocks
    work.remind(APPROVAL_DUE, booking.id, work.now + timedelta(minutes=clocks.approve_minutes))
    work.forget(KIN_DUE, booking.id)
    unplanned(work, booking)


def answered(work: Work, booking: Booking) -> None:
    """The family has said what it wants."""
    alerts.clear(work, booking.id, AlertKind.CALL_NEXT_OF_KIN)


def approved(work: Work, booking: Booking) -> None:
    """Somebody has taken responsibility."""
    work.forget(APPROVAL_DUE, booking.id)
    alerts.clear(work, booking.id, AlertKind.APPROVAL_OVERDUE)


def unplanned(work: Work, booking: Booking) -> None:
    """It has no time: is a vehicle free soon enough? Looked at outside of the request. Nobody waits for ever."""
    if booking.state not in WAITING:
        return
    clocks = store.configuration.current(work).clocks
    since = max(work.now, booking.earliest_at or work.now)
    work.remind(VEHICLE_CHECK, booking.id, max(work.now, since - LOOK_AHEAD))
    work.remind(EXPIRY, booking.id, since + timedelta(hours=clocks.expire_hours))


def no_longer_waits(work: Work, booking: Booking) -> None:
    """It gets a vehicle. Before the vehicle is locked: looking for alerts takes time that others would wait."""
    alerts.clear(work, booking.id, AlertKind.NO_VEHICLE, AlertKind.APPROVAL_OVERDUE)


def scheduled(work: Work, booking: Booking, trip: Trip) -> None:
    """The vehicle must come, and be back in time for what follows."""
    clocks = store.configuration.current(work).clocks
    for kind in OF_BOOKING:
        work.forget(kind, booking.id)
    assert trip.window.ends_at is not None, "a trip has an end"
    work.remind(ARRIVAL_DUE, trip.id, trip.pickup_at + timedelta(minutes=clocks.arrive_minutes), booking=booking.key)
    work.remind(END_DUE, trip.id, trip.window.ends_at, booking=booking.key)


def progressed(work: Work, booking: Booking, trip: Trip) -> None:
    """A milestone was recorded."""
    if booking.state in (BookingState.PICKED_UP, BookingState.DELIVERED, BookingState.COMPLETED):
        work.forget(ARRIVAL_DUE, trip.id)
        alerts.clear(work, booking.id, AlertKind.ARRIVAL_LATE)
    if booking.state is BookingState.COMPLETED:
        work.forget(END_DUE, trip.id)
        alerts.clear(work, booking.id)


def released(work: Work, booking: Booking, trip: Trip) -> None:
    """Its time was given back."""
    for kind in OF_TRIP:
        work.forget(kind, trip.id)
    alerts.clear(work, booking.id, AlertKind.ARRIVAL_LATE, AlertKind.OVERRUN)


def closed(work: Work, booking: Booking) -> None:
    """Nothing is waited for any more."""
    for kind in OF_BOOKING:
        work.forget(kind, booking.id)
    alerts.clear(work, booking.id)
