"""Incidents as the operator handles them: triage, place, close, look."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.dispatch import (
    CloseIncident,
    GetIncident,
    ListIncidents,
    ListPickups,
    LocateIncident,
    TriageIncident,
)
from contracts.ambulance.values import Triage
from contracts.ambulance.views import IncidentPage, IncidentView
from contracts.base import Event

from .. import store
from ..domain import triage
from ..domain.incident import Incident
from . import clocks, find, siaga
from .views import incident_view


def triage_incident(work: Work, request: TriageIncident) -> IncidentView:
    """Give a provisional colour, by the protocol or by the operator."""
    colour, protocol_version = _colour(request)
    incident = find.incident(work, request.incident_id, lock=True)
    before = incident.version
    events = incident.set_triage(colour, provisional=True, protocol_version=protocol_version)
    if incident.version != before:
        clocks.incident_triaged(work, incident)
        siaga.consider(work, incident)
    return _saved(work, incident, before, events, triage=incident.triage, protocol_version=protocol_version)


def locate_incident(work: Work, request: LocateIncident) -> IncidentView:
    """Pin or correct the place."""
    incident = find.incident(work, request.incident_id, lock=True)
    before = incident.version
    place = incident.place.corrected(find.locate(work), request.location, request.kelurahan_code, request.landmark)
    events = incident.locate(place)
    if incident.version != before:
        siaga.consider(work, incident)
    return _saved(work, incident, before, events, kelurahan_code=place.kelurahan_code, outside_city=place.outside_city)


def close_incident(work: Work, request: CloseIncident) -> IncidentView:
    """End an incident of which nothing is left to do."""
    incident = find.incident(work, request.incident_id, lock=True)
    before, active = incident.version, store.assignment.count_active(work, incident.id)
    events = incident.close(request.outcome, active, work.now, request.reason)
    if events:
        clocks.incident_closed(work, incident)
    return _saved(work, incident, before, events, outcome=incident.outcome)


def get_incident(work: Work, query: GetIncident) -> IncidentView:
    """Show an incident."""
    return shown(work, find.incident(work, query.incident_id))


def list_incidents(work: Work, query: ListIncidents) -> IncidentPage:
    """Newest first."""
    return _page(work, *store.incident.pages(work, query))


def list_pickups(work: Work, query: ListPickups) -> IncidentPage:
    """The earliest pick-up first."""
    return _page(work, *store.incident.pickups(work, query))


def shown(work: Work, incident: Incident) -> IncidentView:
    """An incident with its assignments."""
    return incident_view(incident, store.assignment.of_incidents(work, [incident.id]))


def _page(work: Work, incidents: list[Incident], cursor: str | None) -> IncidentPage:
    assignments = store.assignment.of_incidents(work, [incident.id for incident in incidents])
    of_each = ([one for one in assignments if one.incident_id == incident.id] for incident in incidents)
    return IncidentPage(items=tuple(map(incident_view, incidents, of_each)), next=cursor)


def _colour(request: TriageIncident) -> tuple[Triage, str | None]:
    if request.triage is not None and not request.answers:
        return request.triage, None
    assessment = triage.load().assess(request.answers)
    return request.triage or assessment.triage, assessment.protocol_version


def _saved(work: Work, incident: Incident, before: int, events: list[Event], **detail: object) -> IncidentView:
    if incident.version != before:
        store.incident.save(work, incident)
        work.emit(incident.id, incident.version, *events)
        work.audit(incident.id, state=incident.state, **detail)
    return shown(work, incident)
