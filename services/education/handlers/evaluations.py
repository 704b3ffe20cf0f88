"""Evaluations: started, shown, granted by a person. The work is done in evaluating.py and granting.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.timers import Timer
from chassis.work import Work
from contracts.education import (
    CountDiffers,
    EvaluationPage,
    EvaluationRowPage,
    EvaluationRowView,
    EvaluationState,
    EvaluationView,
    GetEvaluation,
    GrantEvaluated,
    ListEvaluated,
    ListEvaluations,
    Programme,
    ReasonCode,
    ReasonView,
    StartEvaluation,
)
from contracts.problems import NotFound
from contracts.times import WIB

from .. import store
from ..domain.eligibility.reasons import HELP, TEXTS
from ..domain.evaluation import Evaluation
from . import find, rules
from .job_kinds import EVALUATE, GRANT
from .timer_kinds import FORGET_EVALUATION

KEPT = timedelta(days=30)


def start_evaluation(work: Work, request: StartEvaluation) -> EvaluationView:
    """The job begins at once."""
    if request.npsn is not None:
        find.school(work, request.npsn)
    trial = request.rules.model_dump(mode="json") if request.rules else None
    new = begin(work, request.programme, request.school_year, request.term, request.npsn, trial)
    work.flush()
    return _view(work, new)


def begin(
    work: Work,
    programme: Programme,
    school_year: str,
    term: int,
    npsn: str | None = None,
    trial: dict[str, Any] | None = None,
) -> Evaluation:
    """All pupils of the city or of a school are looked at, from now on. Raises NoRules."""
    holding = rules.newest(work, programme, school_year)
    new = Evaluation(
        work.new_id(),
        programme,
        school_year,
        term,
        npsn,
        trial,
        None if trial else holding.version,
        work.now.astimezone(WIB).date(),
        work.now,
        work.actor.subject,
    )
    store.evaluation.put(work, new, known=False)
    work.remind(EVALUATE, new.id, work.now)
    work.remind(FORGET_EVALUATION, new.id, work.now + KEPT)
    work.audit(new.id, programme=new.programme, school_year=new.school_year, trial=new.trial is not None)
    return new


def grant_evaluated(work: Work, request: GrantEvaluated) -> EvaluationView:
    """One act of one person, for as many as were typed in."""
    one = _load(work, request.evaluation_id, lock=True)
    count = store.evaluation.to_grant(work, one)
    one.grant(work.actor.subject, request.note, list(request.leave_out))
    if request.count != count - len(request.leave_out):
        raise CountDiffers(count=count - len(request.leave_out))
    store.evaluation.put(work, one, known=True)
    work.remind(GRANT, one.id, work.now)
    work.audit(one.id, state=one.state, count=request.count, left_out=[str(id) for id in request.leave_out])
    return _view(work, one)


def get_evaluation(work: Work, query: GetEvaluation) -> EvaluationView:
    """One."""
    one = _load(work, query.evaluation_id)
    return _view(work, one, counted=True)


def list_evaluations(work: Work, query: ListEvaluations) -> EvaluationPage:
    """Newest first."""
    found, cursor = store.evaluation.pages(work, query)
    return EvaluationPage(items=tuple(_view(work, one) for one in found), next=cursor)


def list_evaluated(work: Work, query: ListEvaluated) -> EvaluationRowPage:
    """Pupil by pupil."""
    find.require_purpose(work)
    one = _load(work, query.evaluation_id)
    rows, cursor = store.evaluation.row_pages(work, one, query)
    names = store.pupil.details_of(work, [row["pupil_id"] for row in rows])
    items = tuple(
        EvaluationRowView(
            pupil_id=row["pupil_id"],
            name=mask_name(names[row["pupil_id"]]["name"]) if row["pupil_id"] in names else "",
            npsn=row["npsn"],
            grade=row["grade"],
            advice=row["advice"],
            reasons=tuple(map(_reason, row["reasons"])),
            change=row["change"],
        )
        for row in rows
    )
    return EvaluationRowPage(items=items, next=cursor)


def forget_evaluation(work: Work, timer: Timer) -> None:
    """Pupil by pupil it is not needed any more."""
    store.evaluation.forget(work, UUID(timer.subject))
    work.audit(timer.subject, forgotten=True)


def _load(work: Work, evaluation_id: UUID, *, lock: bool = False) -> Evaluation:
    found = store.evaluation.get(work, evaluation_id, lock=lock)
    if found is None:
        raise NotFound(f"no evaluation {evaluation_id}", detail_id=f"tidak ada penilaian {evaluation_id}")
    return found


def _reason(code: str) -> ReasonView:
    known = ReasonCode(code)
    return ReasonView(code=known, text=TEXTS[known], help=HELP.get(known))


def _view(work: Work, one: Evaluation, *, counted: bool = False) -> EvaluationView:
    """`counted`: who is to be granted is counted now, which takes a moment for a whole city."""
    waits = one.state in (EvaluationState.DONE, EvaluationState.GRANTING) and one.trial is None
    to_grant = store.evaluation.to_grant(work, one) if counted and waits else one.to_grant
    return EvaluationView(
        id=one.id,
        programme=one.programme,
        school_year=one.school_year,
        term=one.term,
        npsn=one.npsn,
        trial=one.trial is not None,
        rules_version=one.rules_version,
        state=one.state,
        pupils=one.pupils,
        counts=one.counts,
        reasons=one.reasons,
        changes=one.changes,
        rupiah=one.rupiah,
        rupiah_now=one.rupiah_now,
        to_grant=to_grant if waits else 0,
        waivers=one.waivers,
        in_doubt=one.in_doubt,
        granted=one.granted,
        left_out=one.left_out,
        started_at=one.started_at,
        started_by=one.started_by,
        granted_by=one.granted_by,
        note=one.note,
        version=one.version,
    )
