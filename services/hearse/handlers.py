"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.hearse import BookingPage, BookingView, GetBooking, ListBookings, PossibleDuplicate
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
    if drafted:
        _compare(work, booking)


def _compare(work: Work, booking: Booking) -> None:
    """The same death may be told in two incidents: a person is to look before two cars drive."""
    store.take_turn_to_compare(work)
    for other in store.similar(work, booking):
        if (reason := booking.same_as(other)) is not None:
            store.link(work, booking, other, reason)
            work.emit(booking.id, booking.version, booking.suspect(other, reason))
            work.audit(booking.id, may_be_same=str(other.id), reason=reason)


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
    return _view(found, store.linked(work, [query.booking_id]))


def list_bookings(work: Work, query: ListBookings) -> BookingPage:
    """Show bookings, newest first."""
    rows, next_cursor = store.pages(work, query)
    links = store.linked(work, [row["id"] for row in rows])
    return BookingPage(items=tuple(_view(row, links) for row in rows), next=next_cursor)


def _view(row: Mapping[str, Any], links: Mapping[UUID, Sequence[PossibleDuplicate]]) -> BookingView:
    return BookingView.model_validate({**row, "may_be_same": tuple(links.get(row["id"], ()))})
