"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.hearse import BookingPage, BookingView, GetBooking, ListBookings
from contracts.problems import NotFound

from . import store
from .domain import Booking


def draft_from_death(work: Work, death: PatientDeceased) -> None:
    """One draft for each confirmed death, however often and by whatever message it is told."""
    store.take_turn(work, death.patient_id)
    if store.has_booking_of(work, death.patient_id, death.confirmation):
        return
    retracted = store.retracted(work, death.patient_id)
    booking, drafted = Booking.draft(work.new_id(), death, work.now, retracted)
    store.add(work, booking)
    work.emit(booking.id, booking.version, *drafted)
    work.audit(booking.id, state=booking.state, incident_id=str(death.incident_id))


def cancel_for_the_living(work: Work, retraction: PatientDeceasedRetracted) -> None:
    """A death was taken back: remembered, because it may come before the death itself; bookings for it end."""
    store.take_turn(work, retraction.patient_id)
    if store.retracted(work, retraction.patient_id) >= retraction.confirmation:
        return
    store.note_retraction(work, retraction)
    work.audit(retraction.patient_id, retracted=retraction.confirmation, reason=retraction.reason)
    for booking in store.open_bookings_of(work, retraction.patient_id, retraction.confirmation):
        cancelled = booking.cancel()
        store.save(work, booking)
        work.emit(booking.id, booking.version, *cancelled)
        work.audit(booking.id, state=booking.state, incident_id=str(retraction.incident_id))


def get_booking(work: Work, query: GetBooking) -> BookingView:
    """Show one booking."""
    found = store.get(work, query.booking_id)
    if found is None:
        raise NotFound(f"no booking {query.booking_id}")
    return BookingView(**found)


def list_bookings(work: Work, query: ListBookings) -> BookingPage:
    """Show bookings, newest first."""
    rows, next_cursor = store.pages(work, query)
    return BookingPage(items=tuple(BookingView.model_validate(dict(row)) for row in rows), next=next_cursor)
