"""Applying a roster: one transaction, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from chassis.jobs import Job
from chassis.timers import Timer
from chassis.work import Work
from contracts.base import Event
from contracts.education import (
    EnrolmentsEnded,
    PupilPlaced,
    PupilsEnrolled,
    RosterApplied,
    RosterPreviewed,
    RosterState,
    RosterSuperseded,
    TransferProposed,
)

from .. import store
from ..domain.roster.upload import Upload
from . import number_tasks, rosters, settling, tasks
from .batches import batches
from .timer_kinds import FORGET


def apply(job: Job) -> None:
    """One try."""
    job.finish(lambda work: _apply(work, UUID(job.subject)))


def gave_up(work: Work, timer: Timer) -> None:
    """It stays a preview: nothing of it was applied."""
    upload = store.roster.get(work, UUID(timer.subject), lock=True)
    if upload is not None and upload.state is RosterState.APPLYING:
        upload.turn(RosterState.PREVIEW, RosterState.APPLYING)
        store.roster.save(work, upload)
        work.emit(
            upload.id,
            upload.version,
            RosterPreviewed(roster_id=upload.id, npsn=upload.npsn, counts=upload.counts),
        )
        work.audit(upload.id, npsn=upload.npsn, applying="gave up")


def _apply(work: Work, roster_id: UUID) -> None:
    upload = store.roster.get(work, roster_id, lock=True)
    if upload is None or upload.state is not RosterState.APPLYING:
        return
    school = store.school.get(work, upload.npsn, lock=True)
    assert school is not None, "rosters refer to schools"
    if school.pupils_version != upload.pupils_version or store.applying.is_stale(work, upload):
        upload.turn(RosterState.SUPERSEDED, RosterState.APPLYING)
        store.roster.save(work, upload)
        store.roster_row.forget(work, upload.id)
        work.emit(upload.id, upload.version, RosterSuperseded(roster_id=upload.id, npsn=upload.npsn))
        work.audit(upload.id, npsn=upload.npsn, superseded=True)
        return
    store.applying.take_over(work, upload)
    proposed = store.transfer.propose(work, upload)
    ended = store.applying.end_missing(work, upload) if upload.choices.get("end_missing") else 0
    upload.applied(work.now, upload.applied_by or "", ended)
    store.roster.save(work, upload)
    store.school.changed_pupils(work, [upload.npsn])
    work.emit(upload.id, upload.version, *_events(work, upload))
    for one in proposed:
        told = TransferProposed(transfer_id=one.id, pupil_id=one.pupil_id, from_npsn=one.from_npsn, to_npsn=one.to_npsn)
        work.emit(one.id, one.version, told)
    tasks.open_all(work, store.task.concerned_in(work, upload.id))
    number_tasks.follow_roster(work, upload)
    settling.settle(work, store.ledger.groups_of_roster(work, upload.id), "roster")
    work.remind(FORGET, upload.id, work.now + rosters.UNDO)
    work.audit(upload.id, npsn=upload.npsn, applied=True, by=upload.applied_by, ended=ended, **upload.counts)


def _events(work: Work, upload: Upload) -> Iterator[Event]:
    counts = {name: count for name, count in upload.counts.items() if count}
    yield RosterApplied(
        roster_id=upload.id, npsn=upload.npsn, school_year=upload.school_year, counts=counts, ended=upload.ended
    )
    for some in batches(store.applying.opened(work, upload)):
        pupils = tuple(PupilPlaced(pupil_id=pupil, grade=grade) for pupil, grade in some)
        yield PupilsEnrolled(
            npsn=upload.npsn, school_year=upload.school_year, from_on=upload.effective_on, pupils=pupils
        )
    for ids in batches(store.applying.closed(work, upload.id)):
        last_day = upload.effective_on - timedelta(days=1)
        yield EnrolmentsEnded(npsn=upload.npsn, to_on=last_day, reason="withdrawn", pupil_ids=ids)
