"""Looking at all pupils (job): pupils who are alike are judged once, and all of it is one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from chassis.jobs import Job
from chassis.timers import Timer
from chassis.work import Work
from contracts.education import Advice, Change, EvaluationState, Level, RulesGiven

from .. import store
from ..domain.eligibility.judging import REMARKS, judge
from ..domain.eligibility.rules import Rules
from ..domain.evaluation import Evaluation, change
from ..domain.months import months, share, term_days
from . import rules

Case = tuple[int, str, str, str]
"""Number, advice, reasons parted by blanks, change."""


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
    cases = list[Case]()
    for number, known in store.evaluating.look(work, one.id, tried, one.npsn):
        then = judge(tried, known, one.judged_on)
        now = then if tried is holding else judge(holding, known, one.judged_on)
        cases.append((number, str(then.advice), " ".join(then.reasons), str(change(now.advice, then.advice))))
    store.evaluating.keep(work, one.id, cases)
    _sum_up(work, one, cases, tried, holding)
    one.waivers, one.in_doubt, one.to_grant = store.evaluation.holders(work, one)
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


def _sum_up(work: Work, one: Evaluation, cases: Sequence[Case], tried: Rules, holding: Rules) -> None:
    """Counts by what the rules say, by reasons, by changes; money."""
    judged = {number: (advice, reasons.split(), changed) for number, advice, reasons, changed in cases}
    counts, reasons, changes = Counter[str](), Counter[str](), Counter[str]()
    costs = _Costs(work, one, tried), _Costs(work, one, holding)
    one.rupiah = one.rupiah_now = 0
    for npsn, level, grade, number, pupils in store.evaluating.counts(work, one.id):
        advice, why, changed = judged[number]
        counts[advice] += pupils
        changes[changed] += pupils
        for reason in why:
            if reason not in REMARKS:
                reasons[reason] += pupils
        if npsn and level and grade:
            then, now = (cost.of(npsn, Level(level), grade) * pupils for cost in costs)
            one.rupiah += then if advice == Advice.ELIGIBLE else 0
            one.rupiah_now += now if (advice == Advice.ELIGIBLE) is (changed == Change.SAME) else 0
    one.counts, one.reasons, one.changes, one.pupils = dict(counts), dict(reasons), dict(changes), counts.total()


class _Costs:
    """What a pupil costs in the term, by rules or by the school's agreement."""

    def __init__(self, work: Work, one: Evaluation, rules: Rules) -> None:
        self._monthly = rules.monthly
        self._months = list(months(*(day.replace(day=1) for day in term_days(one.school_year, one.term))))
        self._known = dict[tuple[str, int], int]()
        self._yearly = store.evaluating.yearly(work, one.programme, one.school_year)

    def of(self, npsn: str, level: Level, grade: int) -> int:
        """Rupiah."""
        if level in self._monthly:
            return self._monthly[level] * len(self._months)
        place = (npsn, grade)
        if place not in self._known:
            yearly = self._yearly.get(place, 0)
            self._known[place] = sum(share(yearly, month) for month in self._months)
        return self._known[place]
