"""Giving a time back: vehicle, officers and grave are free again at once."""

from __future__ import annotations

from chassis.work import Work

from .. import store
from ..domain.booking import Booking
from ..domain.trip import Trip
from . import clocks


def release(work: Work, booking: Booking, reason: str) -> None:
    """Give back what the booking holds or has planned, if anything; the booking is locked."""
    trip = store.trip.open_of(work, booking.id)
    if trip is not None:
        release_trip(work, booking, trip, reason)


def release_trip(work: Work, booking: Booking, trip: Trip, reason: str) -> None:
    """Give back one trip's time; its booking is locked."""
    released = trip.release(reason)
    if not released:
        return
    store.trip.save(work, trip)
    store.reservation.give_back(work, trip.id)
    clocks.released(work, booking, trip)
    work.emit(trip.id, trip.version, *released)
    work.audit(trip.booking_id, trip_id=str(trip.id), trip=trip.state, reason=reason)
