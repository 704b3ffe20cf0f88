"""What is decided of a booking. The booking is locked first, so of two decisions at once one finds the other's."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from chassis.work import Work
from contracts.base import Event
from contracts.hearse.requests.deciding import (
    ApproveBooking,
    CancelBooking,
    DisputeBooking,
    RejectBooking,
    SettleDispute,
)
from contracts.hearse.values import BookingState
from contracts.hearse.views import BookingView

from .. import store
from ..domain.booking import Booking
from ..domain.document import require_for_approval
from . import clocks, find
from .booking import papers, show
from .releasing import release


def approve_booking(work: Work, request: ApproveBooking) -> BookingView:
    """It will be served. Only papers that can't follow stand in the way."""

    def approve(booking: Booking) -> list[Event]:
        require_for_approval(papers(work, booking))
        return booking.approve(work.actor.subject, work.now)

    return _decide(work, request.booking_id, request.version, approve, None)


def reject_booking(work: Work, request: RejectBooking) -> BookingView:
    """It will not."""
    return _decide(
        work,
        request.booking_id,
        request.version,
        lambda one: one.reject(request.reason, request.note, work.now),
        "rejected",
    )


def cancel_booking(work: Work, request: CancelBooking) -> BookingView:
    """Nobody needs it; its time is free again."""
    return _decide(
        work,
        request.booking_id,
        request.version,
        lambda one: one.cancel(request.reason, request.note, work.now),
        "cancelled",
    )


def dispute_booking(work: Work, request: DisputeBooking) -> BookingView:
    """On hold; its time is free again."""
    responsible, note, by = request.responsible.strip(), request.note.strip(), work.actor.subject
    return _decide(
        work,
        request.booking_id,
        request.version,
        lambda one: one.open_dispute(responsible, note, by, work.now),
        "disputed",
    )


def settle_dispute(work: Work, request: SettleDispute) -> BookingView:
    """It goes on. Who decided, and what, is kept beside the audit row's subject, encrypted."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    events = booking.settle_dispute()
    if events:
        store.settlement.add(work, booking.id, request.decided_by.strip(), request.note.strip())
        _save(work, booking, events)
        clocks.unplanned(work, booking)
    return show(work, booking)


def _decide(
    work: Work, booking_id: UUID, seen: int | None, decide: Callable[[Booking], list[Event]], released: str | None
) -> BookingView:
    booking = find.booking(work, booking_id, lock=True, seen=seen)
    before = booking.version
    events = decide(booking)
    if booking.version != before:
        if released:
            release(work, booking, released)
        _save(work, booking, events)
    return show(work, booking)


def _save(work: Work, booking: Booking, events: list[Event]) -> None:
    store.booking.save(work, booking)
    if not booking.open:
        clocks.closed(work, booking)
    elif booking.state is BookingState.APPROVED:
        clocks.approved(work, booking)
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, state=booking.state, reason=booking.reason, disputed=booking.dispute is not None)
