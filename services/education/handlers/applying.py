"""Applying a roster: one transaction, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TypeVar
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
    RosterState,
)

from .. import store
from ..domain.roster.upload import Upload

AT_ONCE = 500
Item = TypeVar("Item")


def apply(job: Job) -> None:
    """One try."""
    job.finish(lambda work: _apply(work, UUID(job.subject)))


def gave_up(work: Work, timer: Timer) -> None:
    """It stays a preview: nothing of it was applied."""
    upload = store.roster.get(work, UUID(timer.subject), lock=True)
    if upload is not None and upload.state is RosterState.APPLYING:
        upload.turn(RosterState.PREVIEW, RosterState.APPLYING)
        store.roster.save(work, upload)
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
        work.audit(upload.id, npsn=upload.npsn, superseded=True)
        return
    store.applying.take_over(work, upload)
    ended = store.applying.end_missing(work, upload) if upload.choices.get("end_missing") else 0
    upload.applied(work.now, upload.applied_by or "", ended)
    store.roster.save(work, upload)
    store.school.changed_pupils(work, [upload.npsn])
    work.emit(upload.id, upload.version, *_events(work, upload))
    work.audit(upload.id, npsn=upload.npsn, applied=True, by=upload.applied_by, ended=ended, **upload.counts)


def _events(work: Work, upload: Upload) -> Iterator[Event]:
    counts = {name: count for name, count in upload.counts.items() if count}
    yield RosterApplied(
        roster_id=upload.id, npsn=upload.npsn, school_year=upload.school_year, counts=counts, ended=upload.ended
    )
    for some in _some(store.applying.opened(work, upload.id)):
        pupils = tuple(PupilPlaced(pupil_id=pupil, grade=grade) for pupil, grade in some)
        yield PupilsEnrolled(
            npsn=upload.npsn, school_year=upload.school_year, from_on=upload.effective_on, pupils=pupils
        )
    for ids in _some(store.applying.closed(work, upload.id)):
        last_day = upload.effective_on - timedelta(days=1)
        yield EnrolmentsEnded(npsn=upload.npsn, to_on=last_day, reason="withdrawn", pupil_ids=tuple(ids))


def _some(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
