"""Two entries of one child, made one by the office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chassis.turns import take_turns
from chassis.work import Work
from contracts.education import (
    EnrolmentsEnded,
    JoinPupils,
    Programme,
    PupilPlaced,
    PupilsEnrolled,
    PupilsJoined,
    PupilView,
    TransferEnded,
    WaiverEnded,
)
from contracts.problems import require_version, wrong_field

from .. import store
from ..domain.joining import joined_details, places
from ..domain.pupil import Pupil
from ..domain.roster.details import packed_by_name
from . import applications, find, number_tasks, settling, tasks
from .pupils import pupil_view


def join_pupils(work: Work, request: JoinPupils) -> PupilView:
    """All of the duplicate becomes the pupil's, in one act."""
    if request.duplicate_id == request.pupil_id:
        raise wrong_field("duplicate_id", "itself", "a pupil is no duplicate of itself", "name the other entry")
    entries = request.pupil_id, request.duplicate_id
    take_turns(work, (applications.turn(id, programme) for id in entries for programme in Programme))
    both = {id: find.pupil(work, id, lock=True) for id in sorted(entries)}
    pupil, duplicate = both[request.pupil_id], both[request.duplicate_id]
    require_version(pupil.version, request.version)
    require_version(duplicate.version, request.duplicate_version)
    details = joined_details(pupil, duplicate, request.give_up)
    npsn = _at_one_school(work, pupil, duplicate, request.npsn)
    for id, pupil_id in store.transfer.lapse(work, [pupil.id, duplicate.id]):
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    work.flush()
    doubled = store.waiver.doubled(work, pupil.id, duplicate.id)
    store.joining.join(work, pupil.id, duplicate.id)
    store.pupil.put_details(work, pupil.id, details, _columns(work, details))
    store.school.changed_pupils(work, sorted({one.enrolment.npsn for one in both.values() if one.enrolment}))
    store.note.add(work, pupil.id, "joined", request.reason)
    found = find.pupil(work, pupil.id)
    # After what was told of both: from here on the duplicate's place is the pupil's.
    work.emit(pupil.id, found.version, PupilsJoined(pupil_id=pupil.id, duplicate_id=duplicate.id, npsn=npsn))
    if npsn:
        number_tasks.follow_school(work, npsn)
    else:
        number_tasks.close(work)
    tasks.open_all(work, store.task.concerned_pupil(work, pupil.id))
    for waiver in doubled:
        told = WaiverEnded(waiver_id=waiver.id, ends_on=waiver.starts_on - timedelta(days=1), reason="duplicate")
        work.emit(waiver.id, waiver.version + 1, told)
    settling.settle_pupils(work, [pupil.id, duplicate.id], "joined")
    work.audit(pupil.id, joined=str(duplicate.id), gave_up=[kind.value for kind in request.give_up])
    return pupil_view(work, found)


def _at_one_school(work: Work, pupil: Pupil, duplicate: Pupil, npsn: str | None) -> str | None:
    """Ends the time at one school, if there are two; returns the one where the child is."""
    stays, goes = places(pupil, duplicate, npsn)
    if goes and stays:
        owner = pupil if goes is pupil.enrolment else duplicate
        ended = store.joining.close(work, goes, stays)
        assert ended.to_on is not None, "it has just been closed"
        told = EnrolmentsEnded(npsn=ended.npsn, to_on=ended.to_on, reason="joined", pupil_ids=(owner.id,))
        work.emit(ended.npsn, 0, told)
    if stays and stays is duplicate.enrolment:
        placed = (PupilPlaced(pupil_id=pupil.id, grade=stays.grade),)
        enrolled = PupilsEnrolled(npsn=stays.npsn, school_year=stays.school_year, from_on=stays.from_on, pupils=placed)
        work.emit(stays.npsn, 0, enrolled)
    return stays.npsn if stays else None


def _columns(work: Work, details: dict[str, Any]) -> dict[str, Any]:
    family, keys = details.get("family_card"), work.person_keys
    return {
        "household_key": keys.checked("household", family) if family else None,
        "provisional": not (details.get("nisn") or details.get("nik")),
        "fingerprint": keys.fingerprint(packed_by_name(details)),
    }
