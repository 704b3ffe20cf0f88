"""Deaths that the ambulance service confirmed, and took back."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.hearse.values import AlertKind, BookingState, CancellationReason, DeathCorrection

from .. import store
from ..domain import death as rules
from ..domain.booking import CANCELLABLE, Booking
from . import alerts, clocks, documents, facilities, twice
from .releasing import release


def draft_from_death(work: Work, death: PatientDeceased) -> None:
    """One draft for each confirmed death, however often and by whatever message it is told."""
    take_turn(work, f"patient {death.patient_id}")
    if store.booking.has_booking_of(work, death.patient_id, death.confirmation):
        return
    retracted = store.retraction.retracted(work, death.patient_id)
    booking, drafted = rules.draft(work.new_id(), death, work.now, retracted)
    booking.pickup = facilities.located(work, booking.pickup)
    asked = death.sealed.next_of_kin_citizen if death.sealed and drafted else None
    store.booking.add(work, booking, citizen=asked)
    work.emit(booking.id, booking.version, *drafted)
    work.audit(booking.id, state=booking.state, incident_id=str(death.incident_id))
    if drafted:
        clocks.drafted(work, booking)
        twice.compare(work, booking)


def cancel_for_the_living(work: Work, retraction: PatientDeceasedRetracted) -> None:
    """A death was taken back: remembered, because it may come before the death itself; bookings for it end."""
    take_turn(work, f"patient {retraction.patient_id}")
    if store.retraction.retracted(work, retraction.patient_id) >= retraction.confirmation:
        return
    store.retraction.note(work, retraction)
    work.audit(retraction.patient_id, retracted=retraction.confirmation, reason=retraction.reason)
    for booking in store.booking.bookings_of(work, retraction.patient_id, retraction.confirmation):
        if booking.open or booking.state is BookingState.COMPLETED:
            _cancel(work, booking, str(retraction.incident_id))
        record = store.document.record_of(work, booking.id)
        if record is not None:
            documents.correct(work, booking, record, DeathCorrection.NOT_DEAD)


def _cancel(work: Work, booking: Booking, incident_id: str) -> None:
    if booking.state not in CANCELLABLE:
        alerts.raise_alert(work, AlertKind.DECEASED_ALIVE, booking.id)
        return
    cancelled = booking.cancel(CancellationReason.DEATH_RETRACTED, None, work.now)
    release(work, booking, "cancelled")
    store.booking.save(work, booking)
    clocks.closed(work, booking)
    work.emit(booking.id, booking.version, *cancelled)
    work.audit(booking.id, state=booking.state, incident_id=incident_id)
