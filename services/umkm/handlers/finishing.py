"""Results: who passed gets a certificate."""

from __future__ import annotations

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    BatchFinished,
    BatchState,
    BatchView,
    CorrectResult,
    FinishBatch,
    ResultCorrected,
    SeatState,
    SeatView,
)

from .. import store
from ..domain.batch import Batch
from ..domain.results import results
from . import certificates, clocks, find, views


def finish_batch(work: Work, request: FinishBatch) -> BatchView:
    """All results at once, or none."""
    batch = find.batch(work, request.batch_id, lock=True, seen=request.version)
    clocks.bring_up_to_date(work, batch)
    batch.require_state("finish_batch", BatchState.RUNNING)
    seats = {one.number: one for one in store.seat.of_batch(work, batch.id, SeatState.ACCEPTED)}
    lists = store.attendance.lists(work, [batch.id]).get(batch.id, {})
    for index, one in enumerate(request.results):
        if one.number not in seats:
            raise wrong_field(
                f"results.{index}.number",
                "no_seat",
                "nobody has a seat of this number",
                "compare it with the printed list",
            )
    found = results(
        batch.kind,
        seats,
        store.attendance.counted(lists),
        {one.number: one.passed for one in request.results},
        len(batch.sessions),
        lists,
        batch.sessions_needed,
    )
    batch.finish()
    store.batch.put(work, batch, known=True)
    for number, state in sorted(found.items()):
        seat = seats[number]
        seat.result(state)
        store.seat.put(work, seat, known=True)
        if state is SeatState.PASSED:
            certificates.issue(work, batch, seat)
    _tell(work, batch, list(found.values()))
    return views.batch_view(work, batch)


def correct_result(work: Work, request: CorrectResult) -> SeatView:
    """The certificate follows the result."""
    batch, seat = find.seat_in_batch(work, request.seat_id, request.version)
    if not seat.correct(SeatState.PASSED if request.passed else SeatState.FAILED):
        return views.seat_view(work, seat)
    store.seat.put(work, seat, known=True)
    store.note.add(work, seat.id, "result corrected", request.reason)
    if request.passed:
        certificates.issue(work, batch, seat)
    else:
        certificates.withdraw(work, seat, request.reason)
    work.emit(seat.id, seat.version, ResultCorrected(seat_id=seat.id, batch_id=batch.id, state=seat.state))
    work.audit(seat.id, state=seat.state)
    return views.seat_view(work, seat)


def _tell(work: Work, batch: Batch, states: list[SeatState]) -> None:
    told = BatchFinished(
        batch_id=batch.id,
        passed=states.count(SeatState.PASSED),
        failed=states.count(SeatState.FAILED),
        attended=len(states) - states.count(SeatState.NO_SHOW),
        no_show=states.count(SeatState.NO_SHOW),
    )
    work.emit(batch.id, batch.version, told)
    work.audit(batch.id, **told.model_dump(exclude={"batch_id"}))
