"""A trip takes longer than planned: recorded, never refused; who comes after it is told."""

from __future__ import annotations

from chassis.work import Work
from contracts.hearse.values import AlertKind

from .. import store
from ..domain import overrun
from ..domain.alert import Detail
from ..domain.booking import Booking
from ..domain.slots import officer_key, vehicle_key
from ..domain.trip import Trip
from ..domain.window import Window
from . import alerts
from .timer_kinds import END_DUE


def look(work: Work, booking: Booking, trip: Trip) -> None:
    """Raise the alert if the trip will end, or should have ended, later than planned and another waits for its vehicle
    or officers. Looked at again while it lasts."""
    planning = store.configuration.current(work).planning
    ends_at = overrun.expected_end(trip, planning, work.now)
    assert trip.window.ends_at is not None, "a trip has an end"
    late = ends_at - trip.window.ends_at
    if not late:
        return
    keys = [vehicle_key(trip.vehicle_id), *(officer_key(id) for id in trip.officer_ids)]
    affected = store.reservation.bookings_within(work, keys, Window(trip.window.ends_at, ends_at), trip.id)
    if trip.open and work.now >= trip.window.ends_at:
        work.remind(END_DUE, trip.id, work.now + overrun.LOOK_AGAIN, booking=booking.key)
        work.audit(booking.id, trip_id=str(trip.id), watched=True)
    if affected or work.now >= trip.window.ends_at:
        minutes = int(late.total_seconds() // 60)
        detail: Detail = {"minutes": minutes, "vehicle_id": trip.vehicle_id, "affected": ",".join(map(str, affected))}
        alerts.renew(work, AlertKind.OVERRUN, booking.id, detail)
