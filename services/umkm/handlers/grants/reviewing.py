"""Papers looked at, places visited: by two people of the office."""

from __future__ import annotations

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import GrantApplicationView, ReviewGrant, SurveyGrant

from ...domain.grants.blind import require_blind
from .. import find as known
from ..day import day_of, today
from . import applying, find


def review_grant(work: Work, request: ReviewGrant) -> GrantApplicationView:
    """At the desk."""
    application = find.application(work, request.application_id, seen=request.version)
    application.review(request.passed, request.reasons, work.actor.subject)
    return applying.moved(work, application)


def survey_grant(work: Work, request: SurveyGrant) -> GrantApplicationView:
    """At the place of business."""
    application = find.application(work, request.application_id, seen=request.version)
    if not day_of(application.applied_at) <= request.visited_on <= today(work):
        raise wrong_field(
            "visited_on", "outside", "it is before the application or still to come", "send the day of the visit"
        )
    require_blind("findings", request.findings, known.owner_of(work, application.owner_id))
    application.survey(request.passed, request.reasons, request.visited_on, request.findings, work.actor.subject)
    return applying.moved(work, application)
