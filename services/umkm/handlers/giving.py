"""Who gets a seat: the rules of domain/seat.py applied to a batch whose lock is held.

Every change of seats ends in `fill`, so that no seat stays free while somebody waits for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from chassis.work import Work
from contracts.umkm import PriorityReason, SeatOffered, SeatReleased, SeatState

from .. import store
from ..domain.batch import REGISTERING, Batch
from ..domain.owner import Owner
from ..domain.seat import Seat, answer_until
from .timer_kinds import OFFER_ENDS

HELD = (SeatState.WAITING, SeatState.OFFERED, SeatState.ACCEPTED)


def reasons_of(work: Work, owner: Owner, batch_id: UUID) -> tuple[PriorityReason, ...]:
    """Why this owner is further ahead than others in this batch."""
    found = []
    if owner.household_key is not None and store.household.find(work, owner.household_key) is not None:
        found.append(PriorityReason.HOUSEHOLD)
    if owner.disability:
        found.append(PriorityReason.DISABILITY)
    if not store.seat.was_served(work, owner.id, batch_id):
        found.append(PriorityReason.FIRST_TIMER)
    return tuple(found)


def fill(work: Work, batch: Batch) -> None:
    """Offer what is free to those who wait, and keep the batch: full, or open again."""
    taken = store.seat.count(work, batch.id).taken
    if batch.state in REGISTERING and work.now < batch.begins_at and (free := batch.free(taken)):
        until = answer_until(work.now, batch.begins_at)
        for seat in store.seat.next_waiting(work, batch.id, free, social=batch.in_head_start(work.now)):
            offer(work, seat, until)
            taken += 1
    batch.count(taken)
    store.batch.put(work, batch, known=True)


def offer(work: Work, seat: Seat, until: datetime) -> None:
    """Kept for them until then; a durable clock passes it on."""
    seat.offer(until)
    store.seat.put(work, seat, known=True)
    work.remind(OFFER_ENDS, seat.id, until)
    work.emit(
        seat.id,
        seat.version,
        SeatOffered(
            seat_id=seat.id,
            batch_id=seat.batch_id,
            business_id=seat.business_id,
            expires_at=until,
        ),
    )


def release(work: Work, seat: Seat, step: str, state: SeatState) -> None:
    """It is theirs no more, or they wait no more."""
    seat.release(step, state)
    let_go(work, seat)


def let_go(work: Work, seat: Seat) -> None:
    """Store one that was let go, and tell of it."""
    store.seat.put(work, seat, known=True)
    work.forget(OFFER_ENDS, seat.id)
    work.emit(
        seat.id,
        seat.version,
        SeatReleased(seat_id=seat.id, batch_id=seat.batch_id, business_id=seat.business_id, state=seat.state),
    )


def release_business(work: Work, business_id: UUID) -> None:
    """A business is given up: what it waits for or holds goes to others."""
    for batch_id in store.seat.batches_of_business(work, business_id, HELD):
        batch = store.batch.hold(work, batch_id)
        for seat in store.seat.of_batch(work, batch_id, *HELD):
            if seat.business_id == business_id and not batch.begun(work.now):
                release(work, seat, "close_business", SeatState.CANCELLED)
        fill(work, batch)


def serve_again(work: Work, business_id: UUID) -> None:
    """A business is not suspended any more: what it waits for may be free."""
    for batch_id in store.seat.batches_of_business(work, business_id, (SeatState.WAITING,)):
        batch = store.batch.hold(work, batch_id)
        fill(work, batch)


def weigh_again(work: Work, owners: Collection[Owner]) -> None:
    """Reasons of these owners may have changed: their places on lists follow."""
    known = {one.id: one for one in owners}
    for batch_id in dict.fromkeys(one.batch_id for one in store.seat.waiting_of(work, known)):
        batch = store.batch.hold(work, batch_id)
        for seat in store.seat.of_batch(work, batch_id, SeatState.WAITING):
            if seat.owner_id not in known:
                continue
            reasons = reasons_of(work, known[seat.owner_id], batch.id)
            if reasons != seat.reasons:
                seat.weigh(reasons)
                store.seat.put(work, seat, known=True)
                work.audit(seat.id, reasons=list(reasons))
        fill(work, batch)
