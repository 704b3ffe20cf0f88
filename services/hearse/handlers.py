"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.events import PatientDeceased
from contracts.hearse import BookingPage, BookingView, GetBooking, ListBookings
from contracts.problems import NotFound

from . import store
from .domain import Booking


def draft_from_death(work: Work, death: PatientDeceased) -> None:
    """One draft for each deceased, however often and by whatever message the death is told."""
    if store.has_booking_of(work, death.patient_id):
        return
    booking, drafted = Booking.draft(work.new_id(), death, work.now)
    store.add(work, booking)
    work.emit(booking.id, booking.version, drafted)
    work.audit(booking.id, state=booking.state, incident_id=str(death.incident_id))


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
