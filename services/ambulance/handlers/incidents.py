"""Incidents as the operator handles them: triage, place, close, look."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from chassis.masking import mask_text
from chassis.work import Work
from contracts.ambulance.requests.dispatch import (
    CloseIncident,
    GetIncident,
    GetTriageProtocol,
    ListIncidents,
    ListPickups,
    LocateIncident,
    SeparateIncident,
    TriageIncident,
)
from contracts.ambulance.values import Outcome, Triage
from contracts.ambulance.views import IncidentPage, IncidentView, QuestionView, TriageProtocolView
from contracts.base import Event
from contracts.problems import wrong_field

from .. import store
from ..domain import deadlines, triage
from ..domain.assignment import Assignment
from ..domain.duplicates import may_be_one, require_original
from ..domain.hand_over import hand_over
from ..domain.incident import Incident
from ..domain.plan import Plan
from . import clocks, find, planning, siaga
from .bound import ride_view
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
    incident = _to_close(work, request)
    before, active = incident.version, store.assignment.count_active(work, incident.id)
    told = any(patient.outcome is Outcome.HANDED_OVER for patient in incident.patients) or incident.outcome is not None
    to = request.handed_over_to and mask_text(request.handed_over_to)
    given = hand_over(request.outcome, to, request.handed_over_at, work.now, known=told)
    events = incident.close(request.outcome, active, work.now, request.reason, given, request.duplicate_of)
    if events:
        planning.request_closed(work, incident)
        clocks.incident_closed(work, incident)
    return _saved(work, incident, before, events, outcome=incident.outcome)


def _to_close(work: Work, request: CloseIncident) -> Incident:
    """The incident, locked; for a duplicate together with the one that it is, which must be one itself."""
    if request.duplicate_of in (None, request.incident_id):
        return find.incident(work, request.incident_id, lock=True)
    both = store.incident.get_both(work, request.incident_id, request.duplicate_of)
    if request.incident_id not in both:
        raise find.no_incident(request.incident_id)
    if request.duplicate_of not in both:
        raise wrong_field("duplicate_of", "unknown", "no such incident", "name the incident that it is")
    require_original(both[request.incident_id], both[request.duplicate_of])
    return both[request.incident_id]


def separate_incident(work: Work, request: SeparateIncident) -> IncidentView:
    """It was closed as told twice, and is one of its own: its clocks run again from when it was told."""
    incident = find.incident(work, request.incident_id, lock=True)
    before, other = incident.version, incident.duplicate_of
    events = incident.separate(request.reason)
    clocks.incident_reopened(work, incident)
    siaga.consider(work, incident)
    return _saved(work, incident, before, events, separated_from=str(other))


def get_incident(work: Work, query: GetIncident) -> IncidentView:
    """Show an incident; to a crew one that its unit serves."""
    incident = find.incident(work, query.incident_id)
    find.require_on_incident(work, incident.id)
    ride = ride_view(work, incident) if incident.pickup_at else None
    if find.own_units(work) is not None:
        return shown(work, incident).model_copy(update={"ride": ride})  # other incidents are no business of a crew
    around = store.incident.opened_around(work, incident.opened_at, incident.id) if incident.active else []
    links = {
        "duplicates": tuple(store.incident.duplicates_of(work, incident.id)),
        "may_be_same": tuple(other.id for other in around if may_be_one(incident, other)),
    }
    doubted = incident.state in deadlines.AWAITING_ARRIVAL and bool(store.caller.doubted(work, [incident.id]))
    return shown(work, incident).model_copy(update={**links, "call_back_asked": doubted, "ride": ride})


def get_triage_protocol(work: Work, query: GetTriageProtocol) -> TriageProtocolView:
    """The questions of today."""
    protocol = triage.load()
    questions = tuple(QuestionView(name=one.name, text=one.en, text_id=one.id) for one in protocol.questions)
    return TriageProtocolView(version=protocol.version, approved=protocol.approved, questions=questions)


def list_incidents(work: Work, query: ListIncidents) -> IncidentPage:
    """Newest first; to a crew those that its unit serves."""
    return _page(work, *store.incident_lists.newest(work, query, find.own_units(work)))


def list_pickups(work: Work, query: ListPickups) -> IncidentPage:
    """The earliest pick-up first; to a crew those of its unit."""
    return _page(work, *store.incident_lists.pickups(work, query, find.own_units(work)))


def shown(work: Work, incident: Incident) -> IncidentView:
    """An incident with its assignments; to a crew with its own unit's."""
    return incident_view(incident, _assignments(work, [incident.id]), _plans(work, [incident]))


def _assignments(work: Work, incident_ids: list[UUID]) -> list[Assignment]:
    found = store.assignment.of_incidents(work, incident_ids)
    return [one for one in found if work.actor.may_touch("unit", one.unit_id)]


def _plans(work: Work, incidents: list[Incident]) -> list[Plan]:
    ids = [incident.id for incident in incidents if incident.pickup_at is not None]
    return [one for one in store.plan.of_incidents(work, ids) if work.actor.may_touch("unit", one.unit_id)]


def _page(work: Work, incidents: list[Incident], cursor: str | None) -> IncidentPage:
    assignments: dict[UUID, list[Assignment]] = defaultdict(list)
    for one in _assignments(work, [incident.id for incident in incidents]):
        assignments[one.incident_id].append(one)
    plans: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in _plans(work, incidents):
        plans[plan.incident_id].append(plan)
    items = [incident_view(one, assignments.get(one.id, ()), plans.get(one.id, ())) for one in incidents]
    return IncidentPage(items=tuple(items), next=cursor)


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
