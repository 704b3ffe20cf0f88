"""Looking at all pupils (job): pupils who are alike are judged once, and all of it is one transaction."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from chassis.jobs import Job
from chassis.timers import Timer
from chassis.work import Work
from contracts.education import EvaluationState, Level, RulesGiven

from .. import store
from ..domain.eligibility.judging import REMARKS, judge
from ..domain.eligibility.rules import Rules
from ..domain.evaluation import Evaluation, change
from ..domain.months import months, share, term_days
from . import rules


def evaluate(job: Job) -> None:
    """One try."""
    job.finish(lambda work: _evaluate(work, UUID(job.subject)))


def gave_up(work: Work, timer: Timer) -> None:
    """Three tries were too few."""
    one = store.evaluation.get(work, UUID(timer.subject), lock=True)
    if one is not None and one.state is EvaluationState.RUNNING:
        one.fail()
        store.evaluation.put(work, one, known=True)
        work.audit(one.id, state=one.state)


def _evaluate(work: Work, evaluation_id: UUID) -> None:
    one = store.evaluation.get(work, evaluation_id, lock=True)
    if one is None or one.state is not EvaluationState.RUNNING:
        return
    holding = rules.newest(work, one.programme, one.school_year)
    tried = trial_rules(one, holding)
    cases = list[tuple[int, str, str, str]]()
    for number, known in store.evaluating.look(work, tried, one.npsn):
        then = judge(tried, known, one.judged_on)
        now = then if tried is holding else judge(holding, known, one.judged_on)
        cases.append((number, then.advice, " ".join(then.reasons), change(now.advice, then.advice)))
    store.evaluating.keep(work, one.id, cases)
    _sum_up(work, one, tried, holding)
    one.finish()
    store.evaluation.put(work, one, known=True)
    work.audit(one.id, state=one.state, pupils=one.pupils, **one.counts)


def trial_rules(one: Evaluation, holding: Rules) -> Rules:
    """The rules to look at: those on trial, else those that hold."""
    if one.trial is None:
        return holding
    told = RulesGiven.model_validate(one.trial)
    return Rules(
        one.programme,
        one.school_year,
        0,
        told.residency,
        told.partner_school,
        told.grades,
        told.highest_decile,
        told.letter_for_decile,
        {rate.level: rate.rupiah for rate in told.monthly},
        "",
        one.started_at,
        one.started_by,
    )


def _sum_up(work: Work, one: Evaluation, tried: Rules, holding: Rules) -> None:
    counts, reasons, changes = Counter[str](), Counter[str](), Counter[str]()
    for row in store.evaluating.sums(work, one.id):
        counts[row["advice"]] += row["pupils"]
        changes[row["change"]] += row["pupils"]
        for reason in row["reasons"]:
            if reason not in REMARKS:
                reasons[reason] += row["pupils"]
    one.counts, one.reasons, one.changes = dict(counts), dict(reasons), dict(changes)
    one.pupils = counts.total()
    one.rupiah = one.rupiah_now = 0
    every = list(months(*(day.replace(day=1) for day in term_days(one.school_year, one.term))))
    yearly = store.evaluating.yearly(work, one.programme, one.school_year)
    for row in store.evaluating.by_place(work, one.id):
        agreed = sum(share(yearly.get((row["npsn"], row["grade"]), 0), month) for month in every)
        level = Level(row["level"])
        one.rupiah += row["then"] * (tried.monthly.get(level, 0) * len(every) or agreed)
        one.rupiah_now += row["now"] * (holding.monthly.get(level, 0) * len(every) or agreed)
