"""A clock has run out: look whether its reason still holds, and do or tell what is to be done.

Each handler takes the lock of the booking first, so whatever ends the reason comes wholly before or wholly after. A
clock that was due while no process ran fires when one runs again, once.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.hearse.values import AlertKind, BookingState, TripState

from .. import store
from ..domain.booking import WAITING, Booking
from ..domain.trip import Trip
from . import alerts, clocks, find, overruns, situation
from .releasing import release, release_trip
from .timer_kinds import VEHICLE_CHECK

LOOK_AGAIN = timedelta(minutes=15)
"""How often a booking without a time is looked at: whether a vehicle is still free for it."""


def hold_ended(work: Work, timer: Timer) -> None:
    """The family has not decided in time: the slot is free again."""
    booking, trip = _of_trip(work, timer)
    if trip is not None and trip.state is TripState.HELD:
        release_trip(work, booking, trip, "hold_ended")
        booking.touch()
        store.booking.save(work, booking)
        clocks.unplanned(work, booking)


def approval_due(work: Work, timer: Timer) -> None:
    """Nobody has approved it."""
    booking = find.booking(work, UUID(timer.subject), lock=True)
    if booking.state is BookingState.REQUESTED:
        alerts.raise_alert(work, AlertKind.APPROVAL_OVERDUE, booking.id)


def next_of_kin_due(work: Work, timer: Timer) -> None:
    """The family has not answered the message: somebody calls."""
    booking = find.booking(work, UUID(timer.subject), lock=True)
    if booking.state is BookingState.DRAFT:
        alerts.raise_alert(work, AlertKind.CALL_NEXT_OF_KIN, booking.id)


def vehicle_check(work: Work, timer: Timer) -> None:
    """Is a vehicle free within the hours that the city promises? If not, others must help; told once."""
    booking = find.booking(work, UUID(timer.subject), lock=True)
    if booking.state not in WAITING or booking.dispute or booking.earliest_at is None:
        return
    if store.trip.open_of(work, booking.id) is not None:
        return
    since = max(booking.earliest_at, work.now)
    until = since + timedelta(hours=store.configuration.current(work).clocks.vehicle_hours)
    free = bool(situation.free(work, booking, since, until, 1, None))
    work.remind(VEHICLE_CHECK, booking.id, work.now + LOOK_AGAIN)
    work.audit(booking.id, vehicle_free=free)
    if free:
        return
    events = booking.no_vehicle(work.now)
    if events:
        store.booking.save(work, booking)
        work.emit(booking.id, booking.version, *events)
    if events or timer.payload.get("again"):  # who has settled the alert is not asked every quarter of an hour
        alerts.raise_alert(work, AlertKind.NO_VEHICLE, booking.id)


def expired(work: Work, timer: Timer) -> None:
    """Nobody followed it up."""
    booking = find.booking(work, UUID(timer.subject), lock=True)
    events = booking.expire(work.now)
    if events:
        release(work, booking, "cancelled")
        store.booking.save(work, booking)
        clocks.closed(work, booking)
        work.emit(booking.id, booking.version, *events)
        work.audit(booking.id, state=booking.state)


def arrival_due(work: Work, timer: Timer) -> None:
    """The vehicle should have been there."""
    booking, trip = _of_trip(work, timer)
    if trip is not None and not trip.fetched:
        alerts.raise_alert(work, AlertKind.ARRIVAL_LATE, booking.id, {"vehicle_id": trip.vehicle_id})


def end_due(work: Work, timer: Timer) -> None:
    """The vehicle should be back: who waits for it?"""
    booking, trip = _of_trip(work, timer)
    if trip is not None:
        overruns.look(work, booking, trip)


def _of_trip(work: Work, timer: Timer) -> tuple[Booking, Trip | None]:
    """The booking, locked, and its trip if it is still the one of the clock."""
    booking = find.booking(work, UUID(timer.payload["booking"]), lock=True)
    trip = store.trip.open_of(work, booking.id)
    return booking, trip if trip is not None and str(trip.id) == timer.subject else None
