"""Schools that are taken over by another: pupils, and the places that the city pays for, in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from chassis.work import Work
from contracts.education import (
    AgreementState,
    MergeSchools,
    Ownership,
    PupilPlaced,
    PupilsEnrolled,
    SchoolsMerged,
    SchoolView,
    TransferEnded,
)
from contracts.problems import wrong_field
from contracts.times import WIB

from .. import store
from ..domain.agreement import Agreement
from ..domain.days import require_near
from ..domain.school import School
from . import agreements, find, settling
from .batches import batches
from .schools import school_view


def merge_schools(work: Work, request: MergeSchools) -> SchoolView:
    """One act: schools are closed, their pupils and places go on elsewhere."""
    require_near("on", request.on, work.now.astimezone(WIB).date())
    npsns = sorted(set(request.from_npsns))
    if request.npsn in npsns:
        raise wrong_field("from_npsns", "itself", "a school can't take itself over", "leave it out of the list")
    schools = store.school.some(work, [*npsns, request.npsn], lock=True)
    heir = find.known(schools.get(request.npsn), request.npsn)
    for npsn in npsns:
        _close(work, find.known(schools.get(npsn), npsn), heir, request.on)
    for agreement in store.agreement.open_of(work, npsns):
        _hand_over(work, agreement, heir, request.on)
    work.flush()
    moved = _move(work, npsns, heir.npsn, request.on)
    work.audit(heir.npsn, merged=npsns, pupils=moved)
    return school_view(find.school(work, heir.npsn), store.school.pupils_by_grade(work, heir.npsn))


def _close(work: Work, school: School, heir: School, on: date) -> None:
    if school.closed_on is not None or heir.closed_on is not None or school.level != heir.level:
        raise wrong_field(
            "from_npsns", "unfit", "a school is closed already, or of another level", "name open schools of one level"
        )
    school.close(on - timedelta(days=1), heir.npsn)
    store.school.put(work, school, known=True)


def _hand_over(work: Work, agreement: Agreement, heir: School, on: date) -> None:
    """Signed places go on with the heir, for the same year; drafts and what is suspended end."""
    if agreement.state is AgreementState.SIGNED and heir.ownership is Ownership.PRIVATE:
        own = store.agreement.open_one(work, heir.npsn, agreement.school_year)
        if own is not None and own.state is AgreementState.DRAFT:
            raise wrong_field(
                "npsn", "draft_agreement", "its own agreement of that year is a draft", "sign it, or end it, first"
            )
        if own is None:
            agreements.keep_signed(work, agreement.for_heir(work.new_id(), heir.npsn), known=False)
        else:
            own.take_over(agreement.places)
            agreements.keep_signed(work, own, known=True)
    agreements.end(work, agreement, on - timedelta(days=1), f"bergabung ke {heir.npsn}")
    work.flush()


def _move(work: Work, npsns: Sequence[str], heir: str, on: date) -> int:
    places = store.moving.merge(work, npsns, heir, on)
    settling.settle_pupils(work, [one[0] for one in places], "merged")
    lapsed = store.transfer.lapse(work, [one[0] for one in places]) + store.transfer.lapse_to(work, npsns)
    for id, pupil_id in lapsed:
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    store.school.changed_pupils(work, [*npsns, heir])
    version = find.school(work, heir).pupils_version
    work.emit(heir, version, SchoolsMerged(from_npsns=tuple(npsns), npsn=heir, on=on))
    by_year = defaultdict(list)
    for pupil_id, year, grade, _ in places:
        by_year[year].append(PupilPlaced(pupil_id=pupil_id, grade=grade))
    for year, placed in sorted(by_year.items()):
        for some in batches(placed):
            work.emit(heir, version, PupilsEnrolled(npsn=heir, school_year=year, from_on=on, pupils=some))
    return len(places)
