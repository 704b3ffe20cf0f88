"""Pupils without NISN and NIK: kept for one term, with a task that their numbers are found. Nobody is ever dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.education import NumbersArrived, NumbersAwaited, NumbersOverdue
from contracts.times import WIB

from .. import store
from ..domain.roster.upload import Upload
from ..domain.term import numbers_due
from .batches import batches
from .timer_kinds import NUMBERS_DUE


def follow_roster(work: Work, upload: Upload) -> None:
    """Tasks as the roster that was applied asks for them."""
    due = numbers_due(max(_today(work), upload.effective_on))
    _opened(work, upload.npsn, store.number_task.open_of_roster(work, upload.id, due), due)
    close(work)


def follow_school(work: Work, npsn: str) -> None:
    """Tasks as the school's pupils ask for them: after something was taken back."""
    close(work)
    due = numbers_due(_today(work))
    _opened(work, npsn, store.number_task.open_of_school(work, npsn, due), due)


def close(work: Work) -> None:
    """Those that nobody needs any more."""
    for some in batches(sorted(store.number_task.close(work))):
        work.emit("numbers", 0, NumbersArrived(pupil_ids=some))


def term_over(work: Work, timer: Timer) -> None:
    """The term has ended: who has no number yet is told of; a person decides."""
    due = date.fromisoformat(timer.subject)
    by_school = defaultdict(list)
    for npsn, pupil_id in store.number_task.overdue(work, due):
        by_school[npsn].append(pupil_id)
    for npsn, pupils in by_school.items():
        for some in batches(pupils):
            work.emit(npsn, 0, NumbersOverdue(npsn=npsn, due_on=due, pupil_ids=some))
    work.audit(due, numbers_overdue=sum(map(len, by_school.values())))


def _opened(work: Work, npsn: str, pupils: Sequence[UUID], due: date) -> None:
    for some in batches(sorted(pupils)):
        work.emit(npsn, 0, NumbersAwaited(npsn=npsn, due_on=due, pupil_ids=some))
    if pupils:
        work.remind(NUMBERS_DUE, due.isoformat(), datetime.combine(due + timedelta(days=1), time(), WIB))


def _today(work: Work) -> date:
    return work.now.astimezone(WIB).date()
