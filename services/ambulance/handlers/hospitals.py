"""Where patients go: ranking hospitals, and the next one when a hospital does not take a patient."""

from __future__ import annotations

from collections.abc import Collection

from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.requests.hospitals import RankFacilities, RefuseFacility
from contracts.ambulance.values import Capability, Triage
from contracts.ambulance.views import AssignmentView, FacilityCandidate, FacilityRanking
from contracts.geography import Point

from .. import store
from ..domain import hospital
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from ..domain.patient import Patient
from ..domain.patient_steps import URGENCY
from ..domain.travel import TravelTime, TravelTimes
from . import choosing, find
from .views import assignment_view

REASON_TEXT = {
    "best": "least travel and expected hand-over of those that can care for the patient",
    "nearest": "the nearest that can care for a time-critical patient",
    "slower": "later than the first choice",
    "too_far": f"more than {hospital.BEYOND_NEAREST_SECONDS // 60} min beyond the nearest that can care for them",
    "full": "it says that it is full",
    "diversion": "it is on diversion",
    "refused": "it did not take this patient",
    "not_capable": "it does not have what the patient needs",
    "no_emergency_room": "it has no emergency room open at all hours",
}


def rank_facilities(work: Work, query: RankFacilities) -> FacilityRanking:
    """Where to take a patient. Raises PlaceMissing."""
    incident = find.incident(work, query.incident_id)
    find.require_on_incident(work, incident.id)
    patient = incident.patient(query.patient_number)
    assignment = store.assignment.get(work, patient.assignment_id) if patient.assignment_id else None
    refused = store.refusal.of_assignment(work, assignment.id) if assignment else set()
    needed = query.capability or hospital.NEEDS.get(incident.kind)
    origin = _origin(work, incident, assignment)
    by_road = choosing.by_road(work)
    ranking, times = _ranked(work, origin, patient.triage or incident.triage, needed, refused, by_road)
    return FacilityRanking(
        incident_id=incident.id,
        patient_number=patient.number,
        capability=needed,
        capability_known=ranking.capability_known,
        time_critical=ranking.time_critical,
        recommended=ranking.recommended,
        nearest=ranking.nearest,
        travel_time_source=times.source,
        road_engine_out_since=times.engine_out_since,
        candidates=tuple(_candidate(option) for option in ranking.options[: query.limit]),
    )


def refuse_facility(work: Work, request: RefuseFacility) -> AssignmentView:
    """A facility did not take the patient: counted, and the next choice is set."""
    assignment, incident = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    refused = store.refusal.of_assignment(work, assignment.id)
    if request.facility_id in refused:
        return assignment_view(assignment)
    assignment.require_active("refuse_facility")
    following = _next(work, incident, assignment, request.capability, {*refused, request.facility_id})
    events = assignment.refused_by(request.facility_id, request.reason, following)
    store.assignment.save(work, assignment)
    store.refusal.add(work, assignment.id, request.facility_id, request.reason, following)
    work.emit(assignment.id, assignment.version, *events)
    work.audit(assignment.id, refused_by=request.facility_id, reason=request.reason, next_facility_id=following)
    return assignment_view(assignment)


def _next(
    work: Work, incident: Incident, assignment: Assignment, capability: Capability | None, refused: Collection[str]
) -> str | None:
    """The best of the others; None if there is none, or nobody knows where the patient is."""
    needed = capability or hospital.NEEDS.get(incident.kind)
    try:
        origin = _origin(work, incident, assignment)
    except PlaceMissing:
        return None
    ranking, _ = _ranked(work, origin, _colour(incident, assignment), needed, refused, choosing.own_speeds(work))
    first = ranking.recommended
    return None if first in refused else first


def _colour(incident: Incident, assignment: Assignment) -> Triage | None:
    """Of the unit's most urgent patient; else the incident's."""
    theirs: list[Patient] = [one for one in incident.patients if one.assignment_id == assignment.id]
    colours = [one.triage or incident.triage for one in theirs]
    return min((one for one in colours if one), key=URGENCY.index, default=incident.triage)


def _origin(work: Work, incident: Incident, assignment: Assignment | None) -> Point:
    """From where the patient is driven: the unit, once it has the patient and says where it is; else the scene."""
    if assignment is not None and assignment.has_patient:
        unit = store.unit.get(work, assignment.unit_id)
        if unit and unit.location and unit.located_at and work.now - unit.located_at <= choosing.LIMITS.stale_after:
            return unit.location
    return choosing.destination(work, incident)


def _ranked(
    work: Work,
    origin: Point,
    triage: Triage | None,
    needed: Capability | None,
    refused: Collection[str],
    travel: TravelTime,
) -> tuple[hospital.Ranking, TravelTimes]:
    facilities = store.facility.all_facilities(work)
    times = travel.onward(origin, [one.location for one in facilities], work.now)
    seconds_to = {one.id: seconds for one, seconds in zip(facilities, times.seconds, strict=True)}
    past = store.hand_over_time.of_facilities(work)
    ranking = hospital.rank(facilities, seconds_to, past, triage=triage, capability=needed, refused=refused)
    return ranking, times


def _candidate(option: hospital.Option) -> FacilityCandidate:
    return FacilityCandidate(
        facility_id=option.facility.id,
        name=option.facility.name,
        type=option.facility.type,
        state=option.facility.state,
        travel_seconds=option.travel_seconds,
        hand_over_seconds=option.hand_over_seconds,
        total_seconds=option.total_seconds,
        offered=option.offered,
        reason=option.reason,
        reason_text=REASON_TEXT[option.reason],
    )
