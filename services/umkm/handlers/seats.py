"""Seats asked for, taken, given back. Whoever changes one holds the lock of its batch."""

from __future__ import annotations

from chassis.work import Work
from contracts.identity import kecamatan_of
from contracts.umkm import (
    AcceptSeat,
    GetSeat,
    GiveUpSeat,
    ListSeats,
    NotForThisBusiness,
    RegistrationClosed,
    RequestSeat,
    SeatAccepted,
    SeatAsked,
    SeatPage,
    SeatRequested,
    SeatState,
    SeatView,
)

from .. import store
from ..domain.batch import BEFORE_START, REGISTERING, Batch
from ..domain.business import Business
from ..domain.owner import Owner
from ..domain.seat import Seat, is_social
from . import clocks, find, giving, views
from .timer_kinds import OFFER_ENDS


def request_seat(work: Work, request: RequestSeat) -> SeatView:
    """A seat if one is free, else a place on the list. What does not need the lock is read before it: a crowd waits."""
    business = find.verified(work, request.business_id)
    owner = find.owner_of(work, business.owner_id)
    reasons = giving.reasons_of(work, owner, request.batch_id)
    batch = find.batch(work, request.batch_id, lock=True)
    clocks.bring_up_to_date(work, batch)
    _require_open(work, batch)
    _require_fits(batch, business, owner)
    seat = Seat(
        work.new_id(),
        batch.id,
        business.id,
        owner.id,
        batch.next_number(),
        work.now,
        reasons,
        business.size.size_class,
        kecamatan_of(business.kelurahan_code),
    )
    counts, known, ahead = store.seat.before(work, seat)
    if known is not None:
        raise SeatAsked(seat_id=str(known.id), state=known.state)
    if counts.waiting and batch.free(counts.taken) and not batch.in_head_start(work.now):
        giving.fill(work, batch)  # the head start is over, its clock is a moment late: those who waited come first
        counts, known, ahead = store.seat.before(work, seat)
    if batch.free(counts.taken) and (is_social(reasons) or not batch.in_head_start(work.now)):
        seat.state = SeatState.ACCEPTED
        batch.count(counts.taken + 1)
    store.seat.put(work, seat, known=False)
    store.batch.put(work, batch, known=True)
    work.emit(
        seat.id,
        seat.version,
        SeatRequested(
            seat_id=seat.id, batch_id=batch.id, business_id=business.id, state=seat.state, reasons=tuple(reasons)
        ),
    )
    work.audit(seat.id, state=seat.state, reasons=list(reasons))
    return views.new_seat(work, seat, owner, ahead + 1)


def accept_seat(work: Work, request: AcceptSeat) -> SeatView:
    """An offer is taken."""
    batch, seat = find.seat_in_batch(work, request.seat_id, request.version)
    clocks.bring_up_to_date(work, batch)
    batch.require_state("accept_seat", *BEFORE_START)
    if seat.accept(work.now):
        store.seat.put(work, seat, known=True)
        work.forget(OFFER_ENDS, seat.id)
        told = SeatAccepted(seat_id=seat.id, batch_id=batch.id, business_id=seat.business_id)
        work.emit(seat.id, seat.version, told)
        work.audit(seat.id, state=seat.state)
    return views.seat_view(work, seat)


def give_up_seat(work: Work, request: GiveUpSeat) -> SeatView:
    """It goes to the next."""
    batch, seat = find.seat_in_batch(work, request.seat_id, request.version)
    clocks.bring_up_to_date(work, batch)
    batch.require_state("give_up_seat", *BEFORE_START)
    if seat.give_up():
        giving.let_go(work, seat)
        work.audit(seat.id, state=seat.state)
        giving.fill(work, batch)
    return views.seat_view(work, seat)


def get_seat(work: Work, query: GetSeat) -> SeatView:
    """One."""
    return views.seat_view(work, find.seat(work, query.seat_id))


def list_seats(work: Work, query: ListSeats) -> SeatPage:
    """As they were asked for."""
    seats, cursor = store.seat.pages(work, query)
    return SeatPage(items=views.seat_views(work, seats), next=cursor)


def _require_open(work: Work, batch: Batch) -> None:
    if batch.state not in REGISTERING or not batch.opens_at <= work.now < batch.closes_at:
        raise RegistrationClosed(
            state=batch.state, opens_at=batch.opens_at.isoformat(), closes_at=batch.closes_at.isoformat()
        )


def _require_fits(batch: Batch, business: Business, owner: Owner) -> None:
    if business.size.size_class not in batch.classes:
        raise NotForThisBusiness(why="size_class", classes=list(batch.classes))
    if not owner.resident:
        raise NotForThisBusiness(why="resident")
