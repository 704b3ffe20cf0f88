"""Pupils who leave: withdrawn one by one, graduated together; schools that are taken over by another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from chassis.work import Work
from contracts.education import (
    ActView,
    CountDiffers,
    EnrolmentEnd,
    EnrolmentsEnded,
    GraduatePupils,
    MergeSchools,
    NotEnrolled,
    PupilPlaced,
    PupilsEnrolled,
    PupilView,
    SchoolsMerged,
    SchoolView,
    TransferEnded,
    WithdrawalReason,
    WithdrawPupil,
)
from contracts.problems import require_version, wrong_field
from contracts.times import WIB

from .. import store
from ..domain.days import require_near
from ..domain.roster.grades import GRADES
from . import find, number_tasks
from .batches import batches
from .pupils import pupil_view
from .schools import school_view


def withdraw_pupil(work: Work, request: WithdrawPupil) -> PupilView:
    """A death ends a time at a school only here: somebody says so."""
    pupil = find.pupil(work, request.pupil_id, lock=True)
    require_version(pupil.version, request.version)
    place = pupil.enrolment
    if place is None:
        raise NotEnrolled()
    day = request.last_day or _today(work)
    require_near("last_day", day, _today(work))
    died = request.reason is WithdrawalReason.DECEASED
    end(work, place.npsn, [pupil.id], day, EnrolmentEnd.DECEASED if died else EnrolmentEnd.WITHDRAWN)
    store.note.add(work, pupil.id, "withdrawn", request.note)
    work.audit(pupil.id, npsn=place.npsn, withdrawn=request.reason, last_day=day.isoformat())
    return pupil_view(work, find.pupil(work, pupil.id, everywhere=True))


def graduate_pupils(work: Work, request: GraduatePupils) -> ActView:
    """Whoever is in the last grade, if they are as many as was typed in."""
    school = find.school(work, request.npsn, lock=True)
    require_near("last_day", request.last_day, _today(work))
    pupils = store.moving.in_grade(work, school.npsn, max(GRADES[school.level]))
    if len(pupils) != request.count:
        raise CountDiffers(count=len(pupils))
    end(work, school.npsn, pupils, request.last_day, EnrolmentEnd.GRADUATED)
    work.audit(school.npsn, graduated=len(pupils), last_day=request.last_day.isoformat())
    return ActView(pupils=len(pupils))


def merge_schools(work: Work, request: MergeSchools) -> SchoolView:
    """One act: schools are closed, their pupils go on elsewhere."""
    require_near("on", request.on, _today(work))
    npsns = sorted(set(request.from_npsns))
    if request.npsn in npsns:
        raise wrong_field("from_npsns", "itself", "a school can't take itself over", "leave it out of the list")
    schools = store.school.some(work, [*npsns, request.npsn], lock=True)
    heir = find.known(schools.get(request.npsn), request.npsn)
    for npsn in npsns:
        school = find.known(schools.get(npsn), npsn)
        if school.closed_on is not None or school.level != heir.level:
            raise wrong_field(
                "from_npsns",
                "unfit",
                "a school is closed already, or of another level",
                "name open schools of one level",
            )
        school.close(request.on - timedelta(days=1), heir.npsn)
        store.school.put(work, school, known=True)
    work.flush()
    places = store.moving.merge(work, npsns, heir.npsn, request.on)
    store.school.changed_pupils(work, [*npsns, heir.npsn])
    heir = find.school(work, heir.npsn)
    work.emit(heir.npsn, heir.pupils_version, SchoolsMerged(from_npsns=tuple(npsns), npsn=heir.npsn, on=request.on))
    by_year = defaultdict(list)
    for pupil_id, year, grade, _ in places:
        by_year[year].append(PupilPlaced(pupil_id=pupil_id, grade=grade))
    for year, placed in sorted(by_year.items()):
        for some in batches(placed):
            told = PupilsEnrolled(npsn=heir.npsn, school_year=year, from_on=request.on, pupils=some)
            work.emit(heir.npsn, heir.pupils_version, told)
    work.audit(heir.npsn, merged=npsns, pupils=len(places))
    return school_view(heir, store.school.pupils_by_grade(work, heir.npsn))


def end(work: Work, npsn: str, pupils: Sequence[UUID], last_day: date, reason: EnrolmentEnd) -> None:
    """Their time at the school is over; open transfers of theirs come to nothing."""
    store.moving.end(work, pupils, last_day, reason)
    store.school.changed_pupils(work, [npsn])
    for id, pupil_id in store.transfer.lapse(work, pupils):
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    number_tasks.close(work)
    for some in batches(pupils):
        told = EnrolmentsEnded(npsn=npsn, to_on=last_day, reason=reason, pupil_ids=some)
        work.emit(npsn, 0, told)


def _today(work: Work) -> date:
    return work.now.astimezone(WIB).date()
