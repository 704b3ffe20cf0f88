"""Waivers: granted by a decision, ended by a person; what was paid too much is claimed back at once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import (
    EndWaiver,
    ListWaivers,
    WaiverEnd,
    WaiverEnded,
    WaiverGranted,
    WaiverPage,
    WaiverState,
    WaiverView,
)
from contracts.problems import NotFound, require_version

from .. import store
from ..domain.decision import Decision
from ..domain.eligibility.rules import Rules
from ..domain.months import term_days
from ..domain.waiver import Waiver
from . import find, settling


def grant(work: Work, decision: Decision, rules: Rules, keys: tuple[str, str | None]) -> Waiver:
    """For the whole term: months before the child came belong to nobody. The caller has looked for another one.
    `keys`: of the child and of the family."""
    begins, ends = term_days(decision.school_year, decision.term)
    new = Waiver(
        work.new_id(),
        decision.pupil_id,
        decision.programme,
        decision.school_year,
        decision.term,
        decision.id,
        begins,
        ends,
    )
    store.waiver.put(work, new, known=False)
    person, household = keys
    told = WaiverGranted(
        waiver_id=new.id,
        programme=new.programme,
        school_year=new.school_year,
        term=new.term,
        person_key=person,
        household_key=household if rules.means_tested else None,
    )
    work.emit(new.id, new.version, told)
    return new


def end_waiver(work: Work, request: EndWaiver) -> WaiverView:
    """Before its term is over."""
    one = store.waiver.get(work, request.waiver_id)
    if one is None:
        raise NotFound(f"no waiver {request.waiver_id}", detail_id=f"tidak ada pembebasan {request.waiver_id}")
    require_version(one.version, request.version)
    one.end(request.ends_on, request.reason)
    end(work, one)
    store.note.add(work, one.id, "waiver_ended", request.note)
    pupil = store.pupil.get(work, one.pupil_id)
    npsn = pupil.enrolment.npsn if pupil and pupil.enrolment else None
    work.audit(one.id, ended=request.reason, ends_on=one.ends_on.isoformat())
    return _view(work, one, npsn)


def end(work: Work, one: Waiver) -> None:
    """It was ended in memory: stored, told, and its months settled."""
    assert one.end_reason is not None, "ended before"
    store.waiver.put(work, one, known=True)
    granted = store.rules.newest(work, one.programme, one.school_year)
    keys = store.waiver.keys_of(work, [one.pupil_id])
    household = keys[one.pupil_id][1] if granted and granted.means_tested else None
    told = WaiverEnded(waiver_id=one.id, ends_on=one.ends_on, reason=one.end_reason, household_key=household)
    work.emit(one.id, one.version, told)
    settling.settle_pupils(work, [one.pupil_id], f"waiver {one.end_reason}")


def end_all(work: Work, pupil_id: UUID, died_on: date) -> None:
    """Whoever has died needs none any more; the month stays paid."""
    for one in store.waiver.of_pupil(work, pupil_id):
        if one.state is WaiverState.ACTIVE and one.ends_on >= died_on:
            one.end(max(one.starts_on, died_on), WaiverEnd.DECEASED)
            end(work, one)


def list_waivers(work: Work, query: ListWaivers) -> WaiverPage:
    """By id."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    found, cursor = store.waiver.pages(work, query)
    return WaiverPage(items=tuple(_view(work, one, npsn) for one, npsn in found), next=cursor)


def _view(work: Work, one: Waiver, npsn: str | None) -> WaiverView:
    pupil = store.pupil.get(work, one.pupil_id)
    name = pupil.details["name"] if pupil else ""
    return WaiverView(
        id=one.id,
        pupil_id=one.pupil_id,
        name=name if not name or find.own_school(work, npsn) else mask_name(name),
        npsn=npsn,
        programme=one.programme,
        school_year=one.school_year,
        term=one.term,
        state=one.state,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        end_reason=one.end_reason,
        decision_id=one.decision_id,
        version=one.version,
    )
