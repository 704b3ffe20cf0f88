"""Batches announced, moved, cancelled, shown."""

from __future__ import annotations

from chassis.work import Work
from contracts.base import Event
from contracts.umkm import (
    AnnounceBatch,
    BatchAnnounced,
    BatchCancelled,
    BatchPage,
    BatchPostponed,
    BatchQuotaChanged,
    BatchRescheduled,
    BatchState,
    BatchView,
    CancelBatch,
    ChangeQuota,
    GetBatch,
    ListBatches,
    PostponeBatch,
    RescheduleBatch,
    SeatState,
    SessionGiven,
)

from .. import store
from ..domain.batch import Batch, Session
from ..domain.seat import ANSWER_AGAIN, answer_until
from . import clocks, find, giving, views
from .registering import require_city
from .timer_kinds import BATCH_OPEN, BATCH_START, HEAD_START, OFFER_ENDS


def announce_batch(work: Work, request: AnnounceBatch) -> BatchView:
    """It opens by itself; at once if its time has come."""
    require_city(request.kelurahan_code)
    sessions = _sessions(request.sessions)
    batch = Batch(
        work.new_id(),
        request.kind,
        request.title,
        request.description,
        request.venue,
        request.kelurahan_code,
        request.classes,
        request.quota,
        request.opens_at,
        request.closes_at or sessions[0].begins_at,
        request.priority_hours,
        sessions,
        request.sessions_needed or len(sessions),
    )
    batch.require_possible(work.now)
    store.batch.put(work, batch, known=False)
    told = BatchAnnounced(
        batch_id=batch.id, kind=batch.kind, quota=batch.quota, opens_at=batch.opens_at, begins_at=batch.begins_at
    )
    work.emit(batch.id, batch.version, told)
    work.audit(batch.id, state=batch.state, quota=batch.quota)
    _set_clocks(work, batch)
    clocks.bring_up_to_date(work, batch)
    return views.batch_view(work, batch)


def change_quota(work: Work, request: ChangeQuota) -> BatchView:
    """More seats go to those who wait; with fewer, none is given before so many are free again."""
    batch = find.batch(work, request.batch_id, lock=True, seen=request.version)
    if not batch.change_quota(request.quota):
        return views.batch_view(work, batch)
    return _keep(work, batch, BatchQuotaChanged(batch_id=batch.id, quota=batch.quota))


def postpone_batch(work: Work, request: PostponeBatch) -> BatchView:
    """Clocks stop; seats and offers are kept."""
    batch = find.batch(work, request.batch_id, lock=True, seen=request.version)
    batch.postpone(request.reason)
    _stop_clocks(work, batch)
    for seat in store.seat.of_batch(work, batch.id, SeatState.OFFERED):
        seat.keep()
        store.seat.put(work, seat, known=True)
        work.forget(OFFER_ENDS, seat.id)
    return _keep(work, batch, BatchPostponed(batch_id=batch.id))


def reschedule_batch(work: Work, request: RescheduleBatch) -> BatchView:
    """Whoever has a seat is asked again."""
    batch = find.batch(work, request.batch_id, lock=True, seen=request.version)
    sessions = _sessions(request.sessions)
    batch.reschedule(sessions, request.closes_at, work.now, store.seat.count(work, batch.id).taken)
    _set_clocks(work, batch)
    until = answer_until(work.now, batch.begins_at, ANSWER_AGAIN)
    for seat in store.seat.of_batch(work, batch.id, SeatState.ACCEPTED, SeatState.OFFERED):
        giving.offer(work, seat, until)
    return _keep(work, batch, BatchRescheduled(batch_id=batch.id, begins_at=batch.begins_at))


def cancel_batch(work: Work, request: CancelBatch) -> BatchView:
    """It does not take place."""
    batch = find.batch(work, request.batch_id, lock=True, seen=request.version)
    batch.cancel(request.reason)
    _stop_clocks(work, batch)
    for seat in store.seat.of_batch(work, batch.id, *giving.HELD):
        giving.release(work, seat, "cancel_batch", SeatState.BATCH_CANCELLED)
    return _keep(work, batch, BatchCancelled(batch_id=batch.id))


def get_batch(work: Work, query: GetBatch) -> BatchView:
    """For everybody."""
    return views.batch_view(work, find.batch(work, query.batch_id))


def list_batches(work: Work, query: ListBatches) -> BatchPage:
    """In the order of their beginning."""
    batches, cursor = store.batch.pages(work, query)
    return BatchPage(items=views.batch_views(work, batches), next=cursor)


def _keep(work: Work, batch: Batch, told: Event) -> BatchView:
    work.emit(batch.id, batch.version, told)
    work.audit(batch.id, state=batch.state, quota=batch.quota)
    giving.fill(work, batch)
    return views.batch_view(work, batch)


def _sessions(given: tuple[SessionGiven, ...]) -> tuple[Session, ...]:
    return tuple(Session(one.begins_at, one.ends_at) for one in given)


def _set_clocks(work: Work, batch: Batch) -> None:
    if batch.state is BatchState.ANNOUNCED:
        work.remind(BATCH_OPEN, batch.id, batch.opens_at)
    if batch.head_start_until is not None and batch.head_start_until > work.now:
        work.remind(HEAD_START, batch.id, batch.head_start_until)
    work.remind(BATCH_START, batch.id, batch.begins_at)


def _stop_clocks(work: Work, batch: Batch) -> None:
    for kind in (BATCH_OPEN, HEAD_START, BATCH_START):
        work.forget(kind, batch.id)
