"""Where patients go: ranking hospitals, asking them, and the next one when a hospital does not take a patient."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.requests.hospitals import AcceptPatient, AskFacility, RankFacilities, RefuseFacility
from contracts.ambulance.values import Capability, FacilityAnswer, Triage
from contracts.ambulance.views import AssignmentView, FacilityCandidate, FacilityRanking
from contracts.base import Event
from contracts.geography import Point

from .. import store
from ..domain import hospital
from ..domain.assignment import Assignment
from ..domain.destination import Destination
from ..domain.facility import Facility
from ..domain.incident import Incident
from ..domain.patient import Patient
from ..domain.patient_steps import URGENCY
from ..domain.travel import TravelTime, TravelTimes
from . import choosing, clocks, find
from .views import assignment_view

REASON_TEXT = {
    "best": "least travel and expected hand-over of those that can care for the patient",
    "nearest": "the nearest that can care for a time-critical patient",
    "slower": "later than the first choice",
    "too_far": f"more than {hospital.BEYOND_NEAREST_SECONDS // 60} min beyond the nearest that can care for them",
    "full": "it says that it is full",
    "diversion": "it is on diversion",
    "no_bed": "with those who are on their way it has no free bed",
    "refused": "it did not take this patient",
    "not_capable": "it does not have what the patient needs",
    "no_emergency_room": "it has no emergency room open at all hours",
}


class Known(NamedTuple):
    """A facility, and how many beds are left there; None: not known."""

    facility: Facility
    beds_left: int | None


def rank_facilities(work: Work, query: RankFacilities) -> FacilityRanking:
    """Where to take a patient. Raises PlaceMissing."""
    incident = find.incident(work, query.incident_id)
    find.require_on_incident(work, incident.id)
    patient = incident.patient(query.patient_number)
    assignment = store.assignment.get(work, patient.assignment_id) if patient.assignment_id else None
    refused = _refused(work, assignment) if assignment else set()
    needed = query.capability or hospital.NEEDS.get(incident.kind)
    origin = _origin(work, incident, assignment)
    by_road = choosing.by_road(work)
    facilities = _facilities(work, assignment)
    ranking, times = _ranked(work, facilities, origin, patient.triage or incident.triage, needed, refused, by_road)
    going = assignment.destination if assignment else Destination()
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
        candidates=tuple(_candidate(one, facilities, refused, going) for one in ranking.options[: query.limit]),
    )


def ask_facility(work: Work, request: AskFacility) -> AssignmentView:
    """A facility is told of the patient; the unit goes there."""
    assignment, _ = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    events = assignment.ask(request.facility_id, work.now)
    if events:
        clocks.facility_asked(work, assignment)
        _keep(work, assignment, events, asked=request.facility_id)
    return assignment_view(assignment)


def accept_patient(work: Work, request: AcceptPatient) -> AssignmentView:
    """A facility expects the patient."""
    assignment, _ = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    events = assignment.accepted_by(request.facility_id, work.now)
    if events:
        clocks.facility_settled(work, assignment)
        _keep(work, assignment, events, accepted_by=request.facility_id)
    return assignment_view(assignment)


def refuse_facility(work: Work, request: RefuseFacility) -> AssignmentView:
    """A facility did not take the patient: counted, and the next choice is set."""
    assignment, incident = find.assignment_and_incident(work, request.assignment_id)
    find.require_facility(work, request.facility_id)
    counted = store.refusal.of_assignment(work, assignment.id)
    if request.facility_id in counted and assignment.facility_id != request.facility_id:
        return assignment_view(assignment)
    assignment.require_active("refuse_facility")
    following = next_after(work, incident, assignment, request.facility_id, request.capability)
    events = assignment.refused_by(request.facility_id, request.reason, following)
    if request.facility_id not in counted:  # each counts once, also if it was asked again, or had changed its mind
        store.refusal.add(work, assignment.id, request.facility_id, request.reason, following)
    clocks.facility_settled(work, assignment)
    told = {"refused_by": request.facility_id, "reason": request.reason, "next_facility_id": following}
    _keep(work, assignment, events, **told)
    return assignment_view(assignment)


def _keep(work: Work, assignment: Assignment, events: list[Event], **audited: str | None) -> None:
    store.assignment.save(work, assignment)
    work.emit(assignment.id, assignment.version, *events)
    work.audit(assignment.id, **audited)


def _refused(work: Work, assignment: Assignment) -> set[str]:
    """Those that did not take the patient and have not changed their mind."""
    going = assignment.destination
    changed_mind = {going.facility_id} if going.answer is FacilityAnswer.ACCEPTED else set()
    return store.refusal.of_assignment(work, assignment.id) - changed_mind


def _facilities(work: Work, assignment: Assignment | None) -> dict[str, Known]:
    """All of them, with the beds that are left when those who are on their way have come."""
    facilities = store.facility.all_facilities(work)
    expected = store.expected.at_facilities(work, facilities, assignment.id if assignment else None)
    return {one.id: Known(one, one.beds_left(expected.get(one.id, 0), work.now)) for one in facilities}


def next_after(
    work: Work, incident: Incident, assignment: Assignment, facility_id: str, capability: Capability | None = None
) -> str | None:
    """The best facility but for that one and those that refused; None if there is none, or nobody knows where the
    patient is."""
    refused = {facility_id, *_refused(work, assignment)}
    needed = capability or hospital.NEEDS.get(incident.kind)
    try:
        origin = _origin(work, incident, assignment)
    except PlaceMissing:
        return None
    colour, travel = _colour(incident, assignment), choosing.own_speeds(work)
    ranking, _ = _ranked(work, _facilities(work, assignment), origin, colour, needed, refused, travel)
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
    known: Mapping[str, Known],
    origin: Point,
    triage: Triage | None,
    needed: Capability | None,
    refused: Collection[str],
    travel: TravelTime,
) -> tuple[hospital.Ranking, TravelTimes]:
    facilities = [one.facility for one in known.values()]
    times = travel.onward(origin, [one.location for one in facilities], work.now)
    seconds_to = {one.id: seconds for one, seconds in zip(facilities, times.seconds, strict=True)}
    past = store.hand_over_time.of_facilities(work)
    wanted: Any = {"triage": triage, "capability": needed, "refused": refused}
    left = {id: one.beds_left for id, one in known.items()}
    return hospital.rank(facilities, seconds_to, past, **wanted, beds_left=left), times


def _candidate(
    option: hospital.Option, known: Mapping[str, Known], refused: Collection[str], going: Destination
) -> FacilityCandidate:
    id, left = option.facility.id, known[option.facility.id].beds_left
    said = going.answer if id == going.facility_id else None
    answer = said or (FacilityAnswer.REFUSED if id in refused else None)
    return FacilityCandidate(
        facility_id=option.facility.id,
        name=option.facility.name,
        type=option.facility.type,
        state=option.facility.state,
        travel_seconds=option.travel_seconds,
        hand_over_seconds=option.hand_over_seconds,
        total_seconds=option.total_seconds,
        beds_free=left,
        beds_told_at=None if left is None else option.facility.beds_told_at,
        answer=answer,
        offered=option.offered,
        reason=option.reason,
        reason_text=REASON_TEXT[option.reason],
    )
