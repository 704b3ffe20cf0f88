"""Rosters: uploaded, shown, applied, abandoned. Reading and applying a file are jobs: parsing.py, applying.py."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    AbandonRoster,
    ApplyRoster,
    GetRoster,
    ListRosters,
    RosterAbandoned,
    RosterPage,
    RosterStale,
    RosterState,
    RosterUploaded,
    RosterView,
    TooManyRosters,
    UploadRoster,
)
from contracts.problems import wrong_field
from contracts.times import WIB

from .. import store
from ..domain.cut_off import term_of_roster
from ..domain.roster.upload import OPEN, Upload
from ..store.cut_off import CutOffs
from . import find
from .job_kinds import APPLY, PARSE
from .timer_kinds import EXPIRE

UNDO = timedelta(hours=72)
KEPT = timedelta(days=14)
"""How long a preview waits for its operator; then its rows are forgotten."""
MOST_OPEN = 5


def upload_roster(work: Work, request: UploadRoster) -> RosterView:
    """The file is in storage; it is to be read."""
    school = find.school(work, request.npsn, lock=True)
    if school.closed_on is not None:
        raise wrong_field("npsn", "closed", "the school is closed", "send the roster of the school that took it over")
    if len(waiting := store.roster.open_ones(work, school.npsn)) >= MOST_OPEN:
        raise TooManyRosters(rosters=[str(one) for one in waiting])
    today = work.now.astimezone(WIB).date()
    file = request.file
    upload = Upload(
        id=work.new_id(),
        npsn=school.npsn,
        school_year=request.school_year,
        effective_on=_effective(request, today),
        file_key=file.key,
        file_name=file.name,
        file_sha256=file.sha256,
        file_size=file.size,
        uploaded_at=work.now,
        uploaded_by=work.actor.subject,
        since=work.now,
    )
    upload.since = store.roster.mended_by(work, upload, _days_of_term(upload)) or work.now
    store.roster.add(work, upload)
    work.remind(PARSE, upload.id, work.now)
    work.remind(EXPIRE, upload.id, work.now + KEPT)
    work.emit(
        upload.id,
        upload.version,
        RosterUploaded(roster_id=upload.id, npsn=upload.npsn, school_year=upload.school_year),
    )
    work.audit(upload.id, npsn=upload.npsn, size=file.size, sha256=file.sha256)
    return show(work, upload)


def get_roster(work: Work, query: GetRoster) -> RosterView:
    """State, progress, counts."""
    return show(work, find.roster(work, query.roster_id))


def list_rosters(work: Work, query: ListRosters) -> RosterPage:
    """Newest first."""
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    uploads, cursor = store.roster.pages(work, query)
    cut_offs = store.cut_off.some(work, {one.school_year for one in uploads}) if uploads else {}
    return RosterPage(items=tuple(roster_view(one, cut_offs) for one in uploads), next=cursor)


def apply_roster(work: Work, request: ApplyRoster) -> RosterView:
    """Its operator wants it. What is asked first: is it still what the preview showed."""
    take_turn(work, "apply roster " + find.roster(work, request.roster_id).npsn)
    upload = find.roster(work, request.roster_id, lock=True)
    if upload.state in (RosterState.APPLYING, RosterState.APPLIED):
        return show(work, upload)  # the same wish again
    school = find.school(work, upload.npsn)
    enrolled = sum(store.school.pupils_by_grade(work, upload.npsn).values())
    upload.choose(
        end_missing=request.end_missing,
        end_count=request.end_count,
        confirm_npsn=request.confirm_npsn,
        enrolled=enrolled,
    )
    if upload.pupils_version != school.pupils_version:
        raise RosterStale(
            "another roster was applied, or a pupil moved",
            detail_id="daftar lain sudah diterapkan, atau ada peserta didik yang pindah",
        )
    upload.applied_by = work.actor.subject
    store.roster.save(work, upload)
    work.remind(APPLY, upload.id, work.now)
    work.audit(upload.id, npsn=upload.npsn, applying=True, **upload.choices)
    return show(work, upload)


def abandon_roster(work: Work, request: AbandonRoster) -> RosterView:
    """It is not to be. Who is reading it notices at the next step."""
    upload = find.roster(work, request.roster_id, lock=True)
    if upload.state is RosterState.ABANDONED:
        return show(work, upload)
    upload.turn(RosterState.ABANDONED, *OPEN, step="abandon_roster")
    store.roster.save(work, upload)
    store.roster_row.forget(work, upload.id)
    # A file that nobody reads any more is swept away by the parsing job: files change with no transaction.
    work.emit(upload.id, upload.version, RosterAbandoned(roster_id=upload.id, npsn=upload.npsn))
    work.audit(upload.id, npsn=upload.npsn, abandoned=True)
    return show(work, upload)


def show(work: Work, upload: Upload) -> RosterView:
    """With other rosters of the school that wait."""
    others = tuple(one for one in store.roster.open_ones(work, upload.npsn) if one != upload.id)
    cut_offs = store.cut_off.some(work, [upload.school_year])
    return roster_view(upload, cut_offs).model_copy(update={"others_open": others})


def roster_view(upload: Upload, cut_offs: CutOffs) -> RosterView:
    """What is shown of a roster."""
    cut_off = cut_offs.get((upload.school_year, term_of_roster(upload.school_year, upload.effective_on)))
    shared = {one.name: getattr(upload, one.name) for one in fields(upload) if one.name in RosterView.model_fields}
    undo_until = upload.applied_at + UNDO if upload.applied_at and upload.state is RosterState.APPLIED else None
    return RosterView.model_validate(
        {
            **shared,
            "undo_until": undo_until,
            "timeliness": cut_off.timeliness(upload.uploaded_at, upload.since) if cut_off else None,
        }
    )


def _days_of_term(upload: Upload) -> tuple[date, date]:
    """From when to when rosters of its term hold."""
    turn = date(int(upload.school_year[5:]), 1, 1)
    return (date.min, turn - timedelta(days=1)) if upload.effective_on < turn else (turn, date.max)


def _effective(request: UploadRoster, today: date) -> date:
    day = request.effective_on or today
    begins = date(int(request.school_year[:4]), 7, 1)
    if not begins - timedelta(days=60) <= day <= begins + timedelta(days=400):
        raise wrong_field(
            "effective_on", "other_year", "the day is not in that school year", "send a day between July and June"
        )
    return day
