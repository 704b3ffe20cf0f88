"""A body for which no hearse was free goes another way, or stays: the ambulance service's operators have settled it."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.events import BodyTransportSettled
from contracts.hearse.values import AlertKind, CancellationReason

from .. import store
from ..domain.booking import CANCELLABLE, WAITING
from . import alerts, clocks
from .releasing import release
from .timer_kinds import VEHICLE_CHECK

BROUGHT = {
    "partner_hearse": CancellationReason.PARTNER_HEARSE,
    "transport_unit": CancellationReason.TRANSPORT_UNIT,
}


def transport_settled(work: Work, told: BodyTransportSettled) -> None:
    """Brought by others, the booking ends; kept by the facility, it goes on waiting for a hearse."""
    booking = store.booking.get(work, told.booking_id, lock=True)
    if booking is None or not booking.open:
        return
    alerts.clear(work, booking.id, AlertKind.NO_VEHICLE)
    reason = BROUGHT.get(told.outcome)
    if reason is None and told.until is not None and booking.state in WAITING:
        work.remind(VEHICLE_CHECK, booking.id, told.until, again=True)  # kept until then; looked at again after it
    if reason is None or booking.state not in CANCELLABLE:
        work.audit(booking.id, other_transport=told.outcome, state=booking.state)
        return
    events = booking.cancel(reason, None, work.now)
    release(work, booking, "cancelled")
    store.booking.save(work, booking)
    clocks.closed(work, booking)
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, state=booking.state, reason=reason)
