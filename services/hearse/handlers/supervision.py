"""What supervisors see to: complaints, milestones that were reported wrongly, erasure."""

from __future__ import annotations

from datetime import timedelta

from chassis.timers import Timer
from chassis.work import Work
from contracts.hearse.requests.supervision import (
    AnswerComplaint,
    CorrectTripMilestone,
    EraseBooking,
    ListComplaints,
    MakeComplaint,
)
from contracts.hearse.values import AlertKind
from contracts.hearse.views import BookingView, ComplaintPage, ComplaintView
from contracts.problems import NotFound

from .. import store
from ..domain.booking import CLOSED, Booking
from ..domain.complaint import Complaint
from ..domain.refusals import wrong_state
from . import alerts, find
from .booking import show
from .timer_kinds import RETENTION

EVERY = timedelta(days=1)
SOON = timedelta(seconds=1)
AT_ONCE = 100
"""Bookings that are forgotten in one transaction; what is left follows at once."""


def make_complaint(work: Work, request: MakeComplaint) -> ComplaintView:
    """It reaches the supervisor as an alert."""
    booking = find.booking(work, request.booking_id, lock=True)
    if booking.erased_at is not None:
        raise wrong_state("make_complaint", "erased", CLOSED)
    complaint = Complaint(work.new_id(), booking.id, work.now, request.text.strip())
    store.complaint.add(work, complaint)
    work.audit(booking.id, complaint_id=str(complaint.id))
    alerts.raise_alert(work, AlertKind.COMPLAINT, booking.id, {"complaint_id": str(complaint.id)})
    return _view(complaint)


def list_complaints(work: Work, query: ListComplaints) -> ComplaintPage:
    """Newest first."""
    complaints, cursor = store.complaint.pages(work, query)
    return ComplaintPage(items=tuple(map(_view, complaints)), next=cursor)


def answer_complaint(work: Work, request: AnswerComplaint) -> ComplaintView:
    """The last answer of a booking settles its alert."""
    found = store.complaint.get(work, request.complaint_id)
    if found is None:
        raise NotFound(f"no complaint {request.complaint_id}", detail_id=f"tidak ada keluhan {request.complaint_id}")
    booking = find.booking(work, found.booking_id, lock=True)
    complaint = store.complaint.get(work, request.complaint_id, lock=True) or found
    if complaint.reply(request.answer.strip(), work.actor.subject, work.now):
        store.complaint.save(work, complaint)
        work.audit(booking.id, complaint_id=str(complaint.id), answered=True)
        if not store.complaint.unanswered(work, booking.id):
            alerts.clear(work, booking.id, AlertKind.COMPLAINT)
    return _view(complaint)


def correct_trip_milestone(work: Work, request: CorrectTripMilestone) -> BookingView:
    """It happened at another time."""
    booking = find.booking(work, request.booking_id, lock=True)
    trip = store.trip.shown(work, [booking.id]).get(booking.id)
    if trip is None:
        raise wrong_state("correct", booking.state, ["en_route"])
    before = trip.milestones.get(request.milestone)
    events = trip.correct(request.milestone, request.at, work.now)
    if events and before is not None:
        store.trip.save(work, trip)
        store.trip.correct(work, trip, request.milestone, before.at, request.reason.strip())
        booking.touch()
        store.booking.save(work, booking)
        work.emit(trip.id, trip.version, *events)
        work.audit(booking.id, corrected=request.milestone, vehicle_id=trip.vehicle_id)
    return show(work, booking)


def erase_booking(work: Work, request: EraseBooking) -> BookingView:
    """Forget its people before their time."""
    booking = find.booking(work, request.booking_id, lock=True)
    _erase(work, booking)
    return show(work, booking)


def retention_due(work: Work, timer: Timer) -> None:
    """Once a day: the people of bookings that ended long ago are forgotten."""
    kept = timedelta(days=store.configuration.get(work).clocks.retention_days)
    due = store.booking.due_for_erasure(work, work.now - kept, AT_ONCE)
    for booking in due:
        _erase(work, booking)
    work.remind(RETENTION, timer.subject, work.now + (SOON if len(due) == AT_ONCE else EVERY))
    work.audit("retention", forgotten=len(due))


def _erase(work: Work, booking: Booking) -> None:
    events = booking.erase(work.now)
    if not events:
        return
    store.booking.save_submitted(work, booking)
    store.document.erase(work, booking.id)
    store.complaint.erase(work, booking.id)
    alerts.clear(work, booking.id, AlertKind.COMPLAINT)  # nobody can read it any more
    store.settlement.erase(work, booking.id)
    store.booking.forget_citizen(work, booking.id)
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, erased=True)


def _view(complaint: Complaint) -> ComplaintView:
    return ComplaintView(
        id=complaint.id,
        booking_id=complaint.booking_id,
        made_at=complaint.made_at,
        text=complaint.text,
        answer=complaint.answer,
        answered_at=complaint.answered_at,
        answered_by=complaint.answered_by,
    )
