"""Granting to all who are eligible (job): school after school, each in a transaction of its own, as one person's act.

Everybody is judged again when their turn comes; who is not eligible any more is left out and counted. A process that
dies goes on where it was: whoever has a waiver is not granted another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from chassis.jobs import Job
from chassis.timers import Timer
from chassis.turns import take_turns
from chassis.work import Work
from contracts.context import Actor
from contracts.education import Advice, EvaluationState, Outcome
from contracts.times import WIB

from .. import store
from ..domain.decision import Decision
from ..domain.evaluation import Evaluation
from . import applications, judging, rules, waivers

AT_ONCE = 500
"""Children of a transaction."""


def grant_all(job: Job) -> None:
    """One try."""
    evaluation_id = UUID(job.subject)
    for npsn, pupils in job.run(lambda work: _by_school(work, evaluation_id)).items():
        for first in range(0, len(pupils), AT_ONCE):
            some = pupils[first : first + AT_ONCE]
            job.run(partial(_grant_school, evaluation_id=evaluation_id, npsn=npsn, pupils=some))
    job.finish(lambda work: _finish(work, evaluation_id))


def gave_up(work: Work, timer: Timer) -> None:
    """What was granted stays; the act can be done again by another evaluation."""
    one = store.evaluation.get(work, UUID(timer.subject), lock=True)
    if one is not None and one.state is EvaluationState.GRANTING:
        one.fail()
        store.evaluation.put(work, one, known=True)
        work.audit(one.id, state=one.state, granted=one.granted)


def _by_school(work: Work, evaluation_id: UUID) -> dict[str, list[UUID]]:
    one = store.evaluation.get(work, evaluation_id)
    found = defaultdict[str, list[UUID]](list)
    if one is not None and one.state is EvaluationState.GRANTING:
        spared = set(one.leave_out)
        for npsn, pupil_id in store.evaluation.pupils_to_grant(work, one):
            if pupil_id not in spared:
                found[npsn].append(pupil_id)
    return found


def _grant_school(work: Work, evaluation_id: UUID, npsn: str, pupils: Sequence[UUID]) -> None:
    one = store.evaluation.get(work, evaluation_id, lock=True)
    if one is None or one.state is not EvaluationState.GRANTING:
        return
    by = one.granted_by or one.started_by
    work.cause = replace(work.cause, actor=Actor(subject=by), action="education.grant_evaluated")
    take_turns(work, (applications.turn(pupil_id, one.programme) for pupil_id in pupils))
    holding = rules.newest(work, one.programme, one.school_year)
    held = store.waiver.holders(work, pupils, one.programme, one.school_year, one.term)
    wanted = [id for id in pupils if id not in held]
    keys = store.waiver.keys_of(work, wanted)
    granted = 0
    for pupil_id, (known, judgement) in sorted(judging.judged(work, holding, wanted).items()):
        if judgement.advice is not Advice.ELIGIBLE:
            continue
        decision = Decision(
            work.new_id(),
            None,
            pupil_id,
            one.programme,
            one.school_year,
            one.term,
            Outcome.GRANTED,
            judgement,
            known,
            work.now.astimezone(WIB).date(),
            None,
            work.now,
            by,
            one.id,
        )
        waivers.grant(work, decision, holding, keys[pupil_id])
        store.decision.add(work, decision)
        granted += 1
    store.application.decided_by_act(work, one, wanted)
    one.granted, one.left_out = one.granted + granted, one.left_out + len(wanted) - granted
    one.version += 1
    store.evaluation.put(work, one, known=True)
    work.audit(one.id, npsn=npsn, granted=granted, left_out=len(wanted) - granted)


def _finish(work: Work, evaluation_id: UUID) -> Evaluation | None:
    one = store.evaluation.get(work, evaluation_id, lock=True)
    if one is not None and one.state is EvaluationState.GRANTING:
        one.granted_all()
        store.evaluation.put(work, one, known=True)
        work.audit(one.id, state=one.state, granted=one.granted, left_out=one.left_out)
    return one
