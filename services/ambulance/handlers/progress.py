"""How far help has come, for whoever told of an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from chassis.work import Work
from contracts.ambulance.requests.intake import GetProgress
from contracts.ambulance.values import HelpStage
from contracts.ambulance.views import ProgressView

from .. import store
from ..domain import progress
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from . import choosing, find


def get_progress(work: Work, query: GetProgress) -> ProgressView:
    """Of one's own contact; told twice, it goes with the first."""
    contact = find.contact(work, query.contact_id)
    incident = store.incident.get(work, contact.incident_id) if contact.incident_id else None
    incident = store.incident.original_of(work, incident) if incident else None
    assignments = store.assignment.of_incidents(work, [incident.id]) if incident else []
    planned = bool(incident and incident.pickup_at and store.plan.of_incidents(work, [incident.id]))
    found = progress.of_contact(contact, incident, assignments, planned=planned)
    expected = min(_expected(work, incident, found.going), default=None) if incident else None
    if incident and found.stage in (HelpStage.PLANNED, HelpStage.SEARCHING):
        expected = incident.pickup_at
    return ProgressView(
        contact_id=contact.id, stage=found.stage, since=found.since, units=len(found.going), expected_at=expected
    )


def _expected(work: Work, incident: Incident, going: Iterable[Assignment]) -> Iterable[datetime]:
    """When units will be there: by where they are now, else as it was reckoned when they were sent. A time that has
    passed is no news."""
    for one in going:
        unit = store.unit.get(work, one.unit_id)
        away = choosing.seconds_away(work, incident, unit) if unit else None
        if away is not None:
            yield work.now + timedelta(seconds=away)
        elif (told := one.arrival_expected) is not None and told > work.now:
            yield told
