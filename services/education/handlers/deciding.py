"""Decisions: a person says yes or no, with all that the rules were given kept beside it."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import (
    AlreadyApplied,
    ApplicationDecided,
    ApplicationState,
    ApplicationView,
    DecideApplication,
    DecisionPage,
    ListDecisions,
    Outcome,
    ReplayDecision,
    ReplayDecisions,
    ReplayPage,
    ReplayView,
    SamePerson,
)
from contracts.problems import NotFound, require_version
from contracts.times import WIB

from .. import store
from ..domain.application import Application
from ..domain.decision import Decision, require_allowed
from . import applications, decision_views, find, judging, rules, waivers


def decide_application(work: Work, request: DecideApplication) -> ApplicationView:
    """One application."""
    one, pupil = applications.load(work, request.application_id, lock=True)
    require_version(one.version, request.version)
    decision = decide(work, one, request.outcome, request.note)
    told = ApplicationDecided(
        application_id=one.id, decision_id=decision.id, pupil_id=pupil.id, outcome=decision.outcome
    )
    work.emit(one.id, one.version, told)
    work.audit(one.id, outcome=decision.outcome, rules_version=decision.judgement.rules_version)
    return applications.application_view(work, one, pupil)


def decide(work: Work, one: Application, outcome: Outcome, note: str | None) -> Decision:
    """By rules and inputs of now; `one` was loaded with a lock. Raises NotEligible, EvidenceFirst or InvalidRequest."""
    today = work.now.astimezone(WIB).date()
    holding = rules.newest(work, one.programme, one.school_year)
    known, judgement = judging.judged(work, holding, [one.pupil_id])[one.pupil_id]
    decision_id = work.new_id()
    if one.state is ApplicationState.APPEALED and one.decision_id:
        before = store.decision.get(work, one.decision_id)
        if before is not None and before.decided_by == work.actor.subject:
            raise SamePerson("who has refused does not decide on the appeal")
    if outcome is Outcome.REFUSED:
        one.refuse(decision_id, today)
    else:
        one.grant(decision_id, today)
    require_allowed(judgement, outcome, note)
    decision = Decision(
        decision_id,
        one.id,
        one.pupil_id,
        one.programme,
        one.school_year,
        one.term,
        outcome,
        judgement,
        known,
        today,
        note,
        work.now,
        work.actor.subject,
    )
    if outcome is Outcome.GRANTED:
        if held := store.waiver.holding(work, one.pupil_id, one.programme, one.school_year, one.term):
            raise AlreadyApplied(waiver_id=str(held))
        waivers.grant(work, decision, holding, store.waiver.keys_of(work, [one.pupil_id])[one.pupil_id])
    store.decision.add(work, decision)
    store.application.put(work, one, known=True)
    return decision


def list_decisions(work: Work, query: ListDecisions) -> DecisionPage:
    """Newest first."""
    find.require_purpose(work)
    found, cursor = store.decision.pages(work, query)
    return DecisionPage(items=tuple(map(decision_views.decision_view, found)), next=cursor)


def replay_decision(work: Work, query: ReplayDecision) -> ReplayView:
    """The same inputs, the same rules."""
    decision = store.decision.get(work, query.decision_id)
    if decision is None:
        raise NotFound(f"no decision {query.decision_id}", detail_id=f"tidak ada keputusan {query.decision_id}")
    return _replayed(work, decision)


def replay_decisions(work: Work, query: ReplayDecisions) -> ReplayPage:
    """A page of them."""
    found, cursor = store.decision.pages(work, query)
    again = [_replayed(work, one) for one in found]
    return ReplayPage(judged=len(again), items=tuple(one for one in again if not one.same), next=cursor)


def _replayed(work: Work, decision: Decision) -> ReplayView:
    then = decision.judgement
    held = store.rules.one(work, decision.programme, decision.school_year, then.rules_version)
    assert held is not None, "rules are never deleted"
    again = decision.replayed(held)
    return ReplayView(
        decision_id=decision.id,
        same=again == then,
        then=judging.advice_view(then),
        again=judging.advice_view(again),
    )
