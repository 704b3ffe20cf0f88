"""Pupils who leave: withdrawn one by one, graduated together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.work import Work
from contracts.education import (
    ActView,
    CountDiffers,
    EnrolmentEnd,
    EnrolmentsEnded,
    GraduatePupils,
    NotEnrolled,
    PupilView,
    TransferEnded,
    WithdrawalReason,
    WithdrawPupil,
)
from contracts.problems import require_version
from contracts.times import WIB

from .. import store
from ..domain.days import require_past
from ..domain.roster.grades import GRADES
from . import find, number_tasks, settling, waivers
from .batches import batches
from .pupils import pupil_view


def withdraw_pupil(work: Work, request: WithdrawPupil) -> PupilView:
    """A death ends a time at a school only here: somebody says so."""
    pupil = find.pupil(work, request.pupil_id, lock=True)
    require_version(pupil.version, request.version)
    place = pupil.enrolment
    if place is None:
        raise NotEnrolled()
    day = request.last_day or _today(work)
    require_past("last_day", day, _today(work))
    died = request.reason is WithdrawalReason.DECEASED
    end(work, place.npsn, [pupil.id], day, EnrolmentEnd.DECEASED if died else EnrolmentEnd.WITHDRAWN)
    if died:
        waivers.end_all(work, pupil.id, day)
    store.note.add(work, pupil.id, "withdrawn", request.note)
    work.audit(pupil.id, npsn=place.npsn, withdrawn=request.reason, last_day=day.isoformat())
    return pupil_view(work, find.pupil(work, pupil.id, everywhere=True))


def graduate_pupils(work: Work, request: GraduatePupils) -> ActView:
    """Whoever is in the last grade, if they are as many as was typed in."""
    school = find.school(work, request.npsn, lock=True)
    require_past("last_day", request.last_day, _today(work))
    pupils = store.moving.in_grade(work, school.npsn, max(GRADES[school.level]))
    if len(pupils) != request.count:
        raise CountDiffers(count=len(pupils))
    end(work, school.npsn, pupils, request.last_day, EnrolmentEnd.GRADUATED)
    work.audit(school.npsn, graduated=len(pupils), last_day=request.last_day.isoformat())
    return ActView(pupils=len(pupils))


def end(work: Work, npsn: str, pupils: Sequence[UUID], last_day: date, reason: EnrolmentEnd) -> None:
    """Their time at the school is over; open transfers of theirs come to nothing."""
    store.moving.end(work, pupils, last_day, reason)
    store.school.changed_pupils(work, [npsn])
    for id, pupil_id in store.transfer.lapse(work, pupils):
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    number_tasks.close(work)
    settling.settle_pupils(work, pupils, str(reason))
    for some in batches(pupils):
        told = EnrolmentsEnded(npsn=npsn, to_on=last_day, reason=reason, pupil_ids=some)
        work.emit(npsn, 0, told)


def _today(work: Work) -> date:
    return work.now.astimezone(WIB).date()
