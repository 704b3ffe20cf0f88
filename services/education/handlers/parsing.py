"""Reading a roster in the background: row by row into the preview. Begun again, it begins from the start."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from chassis.jobs import Job
from chassis.storage import Storage
from chassis.timers import Timer
from chassis.work import Work
from contracts.education import RosterPreviewed, RosterProgressed, RosterRefused, RosterState
from contracts.language import indonesian
from contracts.times import WIB

from .. import store
from ..domain.roster.reading import RosterRow, tells_of
from ..domain.roster.upload import Upload
from ..domain.school import School
from ..domain.sheets import Unreadable
from .reading_ahead import Rows, Wanted
from .sorting import Sorter

TOLD_EVERY = 5
"""Chunks: progress shows after each, events come more seldom."""
LEFT_OVER = timedelta(days=1)
FOLDER = "rosters"
TOO_MUCH = Unreadable("unpacks_too_large", "the file unpacks to far more than a roster", "export it again")
CRASHED = Unreadable("unreadable", "the file could not be read, three times over", "export it again, or send it as CSV")


class Over(Exception):
    """Somebody abandoned it meanwhile."""


def parse(job: Job) -> None:
    """One try at one file."""
    begun = job.run(lambda work: _begin(work, UUID(job.subject)))
    storage = Storage.from_environment()
    if begun is not None:
        upload, school = begun
        try:
            _read(job, storage, upload, school)
        except Over:
            pass
        except Unreadable as refusal:
            _refuse(job, upload.id, refusal)
        except MemoryError:
            _refuse(job, upload.id, TOO_MUCH)
        storage.remove(upload.file_key or "")
    job.finish(lambda work: None)
    _sweep(job, storage)


def gave_up(work: Work, timer: Timer) -> None:
    """Every process that tried has died of it."""
    _refused(work, UUID(timer.subject), CRASHED)


def _begin(work: Work, roster_id: UUID) -> tuple[Upload, School] | None:
    upload = store.roster.get(work, roster_id, lock=True)
    if upload is None or upload.state not in (RosterState.UPLOADED, RosterState.PARSING):
        return None
    school = store.school.get(work, upload.npsn)
    assert school is not None, "rosters refer to schools"
    store.roster_row.forget(work, upload.id)
    upload.begin({})
    store.roster.save(work, upload)
    work.audit(upload.id, npsn=upload.npsn, parsing=True)
    return upload, school


def _read(job: Job, storage: Storage, upload: Upload, school: School) -> None:
    today = job.runtime.now().astimezone(WIB).date()
    wanted = Wanted(upload.file_key or "", upload.file_size, school.level, today)
    with closing(Rows(wanted, storage)) as rows:
        header = rows.header
        titles = {str(column): title for column, title in header.titles.items()}
        sorter = Sorter(upload, {field.name: column for column, field in header.columns.items()})
        for number, chunk in enumerate(rows, start=1):
            tell = number % TOLD_EVERY == 0
            job.run(partial(_take, roster_id=upload.id, sorter=sorter, chunk=chunk, tell=tell))
    shown = tells_of(header.heading, school.npsn, school.name)
    job.run(lambda work: _preview(work, upload.id, titles, shown, sorter))


def _take(work: Work, roster_id: UUID, sorter: Sorter, chunk: list[RosterRow], tell: bool) -> None:
    upload = _still_read(work, roster_id)
    store.roster_row.add(work, list(sorter.sort(work, chunk)))  # it asks the database: not while rows are copied
    upload.rows += len(chunk)
    upload.version += 1
    store.roster.save(work, upload)
    if tell:
        work.emit(upload.id, upload.version, RosterProgressed(roster_id=upload.id, npsn=upload.npsn, rows=upload.rows))
    work.audit(upload.id, rows=upload.rows)


def _preview(work: Work, roster_id: UUID, titles: dict[str, str], shown: bool, sorter: Sorter) -> None:
    upload = _still_read(work, roster_id)
    school = store.school.get(work, upload.npsn, lock=True)
    assert school is not None, "rosters refer to schools"
    if not upload.rows:
        raise Unreadable("no_pupils", "the list holds no pupils", "export the list with its pupils")
    store.roster_row.add_left(work, upload.id, upload.npsn)
    counts = store.roster_row.counts(work, upload.id)
    known_here = counts.get("changed", 0) + counts.get("unchanged", 0)
    upload.titles = titles
    upload.preview(counts, school_shown=shown or known_here * 2 >= upload.rows, pupils_version=school.pupils_version)
    store.roster.save(work, upload)
    work.emit(upload.id, upload.version, RosterPreviewed(roster_id=upload.id, npsn=upload.npsn, counts=counts))
    work.audit(upload.id, npsn=upload.npsn, **counts)


def _still_read(work: Work, roster_id: UUID) -> Upload:
    upload = store.roster.get(work, roster_id, lock=True)
    if upload is None or upload.state is not RosterState.PARSING:
        raise Over
    return upload


def _refuse(job: Job, roster_id: UUID, refusal: Unreadable) -> None:
    job.run(lambda work: _refused(work, roster_id, refusal))


def _refused(work: Work, roster_id: UUID, refusal: Unreadable) -> None:
    upload = store.roster.get(work, roster_id, lock=True)
    if upload is None or upload.state not in (RosterState.UPLOADED, RosterState.PARSING):
        return
    upload.refuse(told(refusal))
    store.roster_row.forget(work, upload.id)
    store.roster.save(work, upload)
    work.emit(upload.id, upload.version, RosterRefused(roster_id=upload.id, npsn=upload.npsn, reason=refusal.code))
    work.audit(upload.id, npsn=upload.npsn, refused=refusal.code)


def told(refusal: Unreadable) -> dict[str, str]:
    """The refusal in both languages."""
    return {
        "code": refusal.code,
        "problem": refusal.problem,
        "fix": refusal.fix,
        "problem_id": indonesian(refusal.problem) or refusal.problem,
        "fix_id": indonesian(refusal.fix) or refusal.fix,
    }


def _sweep(job: Job, storage: Storage) -> None:
    """Files of a day ago that nobody is going to read: uploads that broke off, or that were sent twice."""
    now = job.runtime.now()
    old: list[Any] = storage.left_over(FOLDER, now, LEFT_OVER)
    if not old:
        return
    used = job.runtime.run(store.roster.keys_in_use, job.cause, transactional=False)
    for name in old:
        if name not in used:
            storage.discard(name)
