"""Scores, given by people who do not know who applies, nor what others gave."""

from __future__ import annotations

from chassis.work import Work
from contracts.umkm import (
    AssessGrant,
    GrantAssessed,
    GrantState,
    GrantToScorePage,
    GrantToScoreView,
    ListGrantsToScore,
)

from ... import store
from . import find, views


def list_grants_to_score(work: Work, query: ListGrantsToScore) -> GrantToScorePage:
    """Longest waiting first."""
    found, cursor = store.grants.application.to_score(work, query)
    return GrantToScorePage(items=views.to_score(work, found), next=cursor)


def assess_grant(work: Work, request: AssessGrant) -> GrantToScoreView:
    """One more; nobody sees it before all are in."""
    application = find.application(work, request.application_id)
    application.require("assess_grant", GrantState.SCORING)
    application.require_scorer(work.actor.subject)
    scores = [(one.criterion, one.points) for one in request.scores]
    given = application.assess(work.actor.subject, scores, request.remark, work.now)
    store.grants.application.scores.add(work, application.id, given)
    count, needed = len(application.assessments), application.scoresheet.assessors_needed
    work.emit(application.id, count, GrantAssessed(application_id=application.id, given=count, needed=needed))
    work.audit(application.id, assessed=True, given=count)
    return views.to_score(work, [application])[0]
