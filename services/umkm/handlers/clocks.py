"""What time does to batches and offers. Clocks are rows: they outlive the process that set them."""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.umkm import BatchOpened, BatchStarted, BatchState, SeatState

from .. import store
from ..domain.batch import REGISTERING, Batch
from . import giving
from .timer_kinds import BATCH_OPEN


def open_due(work: Work, timer: Timer) -> None:
    """Seats can be asked for."""
    if batch := _locked(work, timer):
        bring_up_to_date(work, batch)


def head_start_over(work: Work, timer: Timer) -> None:
    """Those who waited are offered what is left."""
    if batch := _locked(work, timer):
        bring_up_to_date(work, batch)
        giving.fill(work, batch)
        work.audit(batch.id, head_start="over")


def start_due(work: Work, timer: Timer) -> None:
    """The first session begins."""
    if batch := _locked(work, timer):
        bring_up_to_date(work, batch)


def offer_over(work: Work, timer: Timer) -> None:
    """Nobody has answered: it goes to the next."""
    seat = store.seat.get(work, UUID(timer.subject))
    assert seat is not None, "seats are never removed"
    batch = store.batch.hold(work, seat.batch_id)
    seat = store.seat.get(work, seat.id)
    assert seat is not None, "seats are never removed"
    if seat.state is SeatState.OFFERED and seat.expires_at is not None and seat.expires_at <= work.now:
        giving.release(work, seat, "expire", SeatState.EXPIRED)
        work.audit(seat.id, state=seat.state)
        giving.fill(work, batch)


def bring_up_to_date(work: Work, batch: Batch) -> None:
    """What the time of a locked batch has brought, also if its clock is a moment late."""
    if batch.state is BatchState.ANNOUNCED and work.now >= batch.opens_at:
        batch.open(store.seat.count(work, batch.id).taken)
        store.batch.put(work, batch, known=True)
        work.forget(BATCH_OPEN, batch.id)
        work.emit(batch.id, batch.version, BatchOpened(batch_id=batch.id, head_start_until=batch.head_start_until))
        work.audit(batch.id, state=batch.state)
    if batch.state in REGISTERING and work.now >= batch.begins_at:
        _start(work, batch)


def _start(work: Work, batch: Batch) -> None:
    batch.start()
    store.batch.put(work, batch, known=True)
    for seat in store.seat.of_batch(work, batch.id, SeatState.WAITING, SeatState.OFFERED):
        state = SeatState.UNSERVED if seat.state is SeatState.WAITING else SeatState.EXPIRED
        giving.release(work, seat, "start", state)
    taken = store.seat.count(work, batch.id).taken
    work.emit(batch.id, batch.version, BatchStarted(batch_id=batch.id, seats=taken))
    work.audit(batch.id, state=batch.state, seats=taken)


def _locked(work: Work, timer: Timer) -> Batch | None:
    return store.batch.get(work, UUID(timer.subject), lock=True)
