"""Attendance lists: printed, signed on paper, typed in later."""

from __future__ import annotations

from chassis.work import Work
from contracts.files import Pdf
from contracts.problems import require_version, wrong_field
from contracts.umkm import (
    AttendanceView,
    BatchState,
    PrintAttendance,
    RecordAttendance,
    SeatState,
    SessionNotBegun,
)

from .. import store
from ..domain.batch import Batch, Session
from . import clocks, find, printing

LISTED = (SeatState.ACCEPTED, SeatState.OFFERED)


def print_attendance(work: Work, request: PrintAttendance) -> Pdf:
    """Whose names are printed is recorded."""
    batch = find.batch(work, request.batch_id)
    session = _session(batch, request.session)
    seats = store.seat.of_batch(work, batch.id, *LISTED)
    owners = store.owner.some(work, {one.owner_id for one in seats})
    businesses = store.business.some(work, {one.business_id for one in seats})
    rows = [(one.number, owners[one.owner_id].name, businesses[one.business_id].name) for one in seats]
    work.audit(batch.id, printed="attendance", session=request.session, seats=len(rows))
    name = f"daftar-hadir-{batch.begins_at:%Y%m%d}-{request.session}.pdf"
    return Pdf(file_name=name, content=printing.attendance(batch, session, request.session, rows, work.now))


def record_attendance(work: Work, request: RecordAttendance) -> AttendanceView:
    """The newer list of a session counts."""
    batch = find.batch(work, request.batch_id, lock=True)
    session = _session(batch, request.session)
    if work.now < session.begins_at:
        raise SessionNotBegun(begins_at=session.begins_at.isoformat())
    clocks.bring_up_to_date(work, batch)
    batch.require_state("record_attendance", BatchState.RUNNING)
    known = {one.number for one in store.seat.of_batch(work, batch.id, SeatState.ACCEPTED)}
    for index, number in enumerate(request.present):
        if number not in known:
            raise wrong_field(
                f"present.{index}", "no_seat", "nobody has a seat of this number", "compare it with the printed list"
            )
    before, version = store.attendance.get(work, batch.id, request.session)
    require_version(version, request.version)
    present = tuple(sorted(request.present))
    if not version or present != before:
        version += 1
        store.attendance.put(work, batch.id, request.session, present, version)
        work.audit(batch.id, session=request.session, present=len(present))
    return AttendanceView(batch_id=batch.id, session=request.session, present=present, version=version)


def _session(batch: Batch, number: int) -> Session:
    if number > len(batch.sessions):
        raise wrong_field("session", "no_session", "the batch has fewer sessions", "compare it with the batch")
    return batch.sessions[number - 1]
