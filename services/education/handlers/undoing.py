"""A roster that was a mistake, within 72 hours; and what is forgotten of rosters when their time is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.base import Event
from contracts.education import (
    ActView,
    EnrolmentsEnded,
    PupilPlaced,
    PupilsEnrolled,
    RosterAbandoned,
    RosterState,
    RosterUndone,
    TransferEnded,
    UndoRoster,
    UndoTooLate,
)
from contracts.times import WIB

from .. import store
from ..domain.roster.upload import OPEN, Upload
from ..store.undoing import Places
from . import find, number_tasks
from .batches import batches
from .rosters import UNDO
from .timer_kinds import FORGET


def undo_roster(work: Work, request: UndoRoster) -> ActView:
    """All of it or nothing: not if somebody has changed one of these pupils since."""
    upload = find.roster(work, request.roster_id, lock=True)
    upload.turn(RosterState.UNDONE, RosterState.APPLIED, step="undo_roster")
    if upload.applied_at is None or work.now - upload.applied_at > UNDO:
        raise UndoTooLate("the 72 hours are over", detail_id="batas 72 jam sudah lewat", why="expired")
    find.school(work, upload.npsn, lock=True)
    if changed := store.undoing.changed_since(work, upload.id):
        raise UndoTooLate(
            "pupils of it were changed since",
            detail_id="ada peserta didik yang sudah berubah sejak itu",
            why="changed",
            pupils=changed,
        )
    if store.undoing.has_money(work, upload.id, upload.npsn):
        raise UndoTooLate(
            "months were confirmed since", detail_id="ada bulan yang sudah dikonfirmasi sejak itu", why="money"
        )
    pupils = store.undoing.pupils_of(work, upload.id)
    before = store.undoing.places(work, upload.npsn, pupils)
    count = store.undoing.undo(work, upload.id)
    store.roster.save(work, upload)
    for id, pupil_id in store.transfer.lapse_of_roster(work, upload.id):
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    store.roster_row.forget(work, upload.id)
    store.school.changed_pupils(work, [upload.npsn])
    store.note.add(work, upload.id, "undone", request.reason)
    number_tasks.follow_school(work, upload.npsn)
    work.forget(FORGET, upload.id)
    work.emit(upload.npsn, 0, *_told(work, upload, before, store.undoing.places(work, upload.npsn, pupils)))
    work.emit(upload.id, upload.version, RosterUndone(roster_id=upload.id, npsn=upload.npsn))
    work.audit(upload.id, npsn=upload.npsn, undone=count)
    return ActView(pupils=count)


def _told(work: Work, upload: Upload, before: Places, after: Places) -> Iterator[Event]:
    """Who is no longer at the school, and who is there again or otherwise than the roster had it."""
    today = work.now.astimezone(WIB).date()
    for gone in batches(sorted(before.keys() - after.keys())):
        yield EnrolmentsEnded(npsn=upload.npsn, to_on=today, reason="undone", pupil_ids=gone)
    again = defaultdict(list)
    for pupil_id, place in sorted(after.items()):
        if before.get(pupil_id) != place:
            year, grade, from_on = place
            again[year, from_on].append(PupilPlaced(pupil_id=pupil_id, grade=grade))
    for (year, from_on), placed in again.items():
        for some in batches(placed):
            yield PupilsEnrolled(npsn=upload.npsn, school_year=year, from_on=from_on, pupils=some)


def forget_due(work: Work, timer: Timer) -> None:
    """The 72 hours are over: what it was before is forgotten, and the rows but those of moves that are still open."""
    roster_id = UUID(timer.subject)
    store.undoing.forget(work, roster_id)
    store.roster_row.forget_applied(work, roster_id)
    work.audit(roster_id, forgotten=True)


def expire_due(work: Work, timer: Timer) -> None:
    """Nobody has applied it."""
    upload = store.roster.get(work, UUID(timer.subject), lock=True)
    if upload is None or upload.state not in OPEN:
        return
    upload.turn(RosterState.ABANDONED, *OPEN)
    store.roster.save(work, upload)
    store.roster_row.forget(work, upload.id)
    work.emit(upload.id, upload.version, RosterAbandoned(roster_id=upload.id, npsn=upload.npsn))
    work.audit(upload.id, npsn=upload.npsn, expired=True)
