"""Facts that the ambulance service publishes: no names, numbers or addresses of persons, only keys and codes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from ..base import Event, Sealed
from ..geography import Point
from .sealed import DeathDetails
from .values import (
    Channel,
    DeathRetractionReason,
    Disposition,
    FacilityState,
    HandOverRefusal,
    IncidentClass,
    IncidentKind,
    Milestone,
    Outcome,
    RefusalReason,
    Triage,
    UnitState,
)


class ContactRecorded(Event, type="ambulance.contact-recorded.v1"):
    """Somebody called, tapped or was passed on. Most contacts never become an incident."""

    contact_id: UUID
    channel: Channel
    received_at: AwareDatetime


class ContactDisposed(Event, type="ambulance.contact-disposed.v1"):
    """An operator decided what the contact was."""

    contact_id: UUID
    disposition: Disposition
    incident_id: UUID | None = None


class IncidentOpened(Event, type="ambulance.incident-opened.v1"):
    """A contact turned out to be an incident. Taken in one step, the contact has no events of its own."""

    incident_id: UUID
    contact_id: UUID | None = Field(default=None, description="Set when contact and incident were taken in one step.")
    incident_class: IncidentClass
    kind: IncidentKind
    patients: int
    kelurahan_code: str | None = Field(default=None, description="Kemendagri code of the place, if known.")
    outside_city: bool = False


class IncidentTriaged(Event, type="ambulance.incident-triaged.v1"):
    """A provisional colour by phone, or the crew's confirmed one."""

    incident_id: UUID
    triage: Triage
    provisional: bool
    protocol_version: str | None = None


class PatientAdded(Event, type="ambulance.patient-added.v1"):
    """A crew found one more patient than was told."""

    incident_id: UUID
    patient_id: UUID
    number: int


class PatientTriaged(Event, type="ambulance.patient-triaged.v1"):
    """A crew confirmed the colour of one patient on scene."""

    incident_id: UUID
    patient_id: UUID
    triage: Triage


class PatientAssigned(Event, type="ambulance.patient-assigned.v1"):
    """A unit takes this patient."""

    incident_id: UUID
    patient_id: UUID
    assignment_id: UUID
    unit_id: str


class UnitDispatched(Event, type="ambulance.unit-dispatched.v1"):
    """A unit was sent; `expected_seconds` is the travel time that the dispatcher saw."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    expected_seconds: int | None = None


class UnitPlanned(Event, type="ambulance.unit-planned.v1"):
    """A unit is reserved for a pick-up: it is sent at `begins_at`, and free for emergencies until then."""

    plan_id: UUID
    incident_id: UUID
    unit_id: str
    begins_at: AwareDatetime
    pickup_at: AwareDatetime


class PlanEnded(Event, type="ambulance.plan-ended.v1"):
    """A reservation is over: the unit was sent, or is not needed any more."""

    plan_id: UUID
    incident_id: UUID
    unit_id: str
    ending: str = Field(description="sent or ended; more may come.")
    assignment_id: UUID | None = Field(default=None, description="If it was sent.")


class RideSeriesOpened(Event, type="ambulance.ride-series-opened.v1"):
    """A patient will be fetched again and again; each pick-up becomes an incident of its own."""

    series_id: UUID
    facility_id: str
    begins_on: date
    ends_on: date


class RideSkipped(Event, type="ambulance.ride-skipped.v1"):
    """The patient of a series is not fetched on that day."""

    series_id: UUID
    on: date


class RideSeriesEnded(Event, type="ambulance.ride-series-ended.v1"):
    """Nobody is fetched after that day; told once more when it has passed."""

    series_id: UUID
    last_on: date


class AssignmentProgressed(Event, type="ambulance.assignment-progressed.v1"):
    """A crew reported a milestone: `at` is when it happened, the envelope's `time` when we learned of it."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    milestone: Milestone
    at: AwareDatetime


class MilestoneCorrected(Event, type="ambulance.milestone-corrected.v1"):
    """A milestone happened `at`, not at `previous_at` as was said before."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    milestone: Milestone
    at: AwareDatetime
    previous_at: AwareDatetime


class FacilityAsked(Event, type="ambulance.facility-asked.v1"):
    """A facility is told of a unit's patient; the unit goes there."""

    facility_id: str
    assignment_id: UUID
    incident_id: UUID
    unit_id: str


class FacilityAccepted(Event, type="ambulance.facility-accepted.v1"):
    """A facility expects a unit's patient."""

    facility_id: str
    assignment_id: UUID
    incident_id: UUID
    unit_id: str


class FacilityRefused(Event, type="ambulance.facility-refused.v1"):
    """A facility did not take a unit's patient; the unit goes to `next_facility_id`, if there is one."""

    facility_id: str
    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    reason: RefusalReason
    next_facility_id: str | None = None


class AssignmentEnded(Event, type="ambulance.assignment-ended.v1"):
    """A unit was declined by its crew, released or diverted before it had finished."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    ending: str = Field(description="declined, released or diverted; the reason in words stays with the service")


class IncidentClosed(Event, type="ambulance.incident-closed.v1"):
    """Nothing is left to do."""

    incident_id: UUID
    outcome: Outcome
    duplicate_of: UUID | None = Field(default=None, description="The incident that it is, told twice.")


class IncidentReopened(Event, type="ambulance.incident-reopened.v1"):
    """The outcome with which it was closed does not hold any more."""

    incident_id: UUID


class HandOverOffered(Event, type="ambulance.hand-over-offered.v1"):
    """Another jurisdiction was asked to take an incident; it is ours until they confirm."""

    incident_id: UUID


class HandOverRefused(Event, type="ambulance.hand-over-refused.v1"):
    """They do not take it."""

    incident_id: UUID
    reason: HandOverRefusal


class HandOverConfirmed(Event, type="ambulance.hand-over-confirmed.v1"):
    """They have it."""

    incident_id: UUID
    received_at: AwareDatetime


class PatientDeceased(Event, type="ambulance.patient-deceased.v1", sealed_for="hearse"):
    """A death, confirmed in two steps by crew or facility, never by phone."""

    incident_id: UUID
    patient_id: UUID
    died_at: AwareDatetime
    pronounced_by: str = Field(description="The role of who pronounced it: doctor, nurse or midwife.")
    facility_id: str | None = Field(default=None, description="Where the body is, if at a facility.")
    kelurahan_code: str | None = Field(default=None, description="Where the body is otherwise.")
    next_of_kin_known: bool = False
    police_hold: bool = False
    person_key: str | None = Field(default=None, description="Keyed hash of the NIK, if it was known.")
    confirmation: int = Field(default=1, description="1, or one more after each death of this patient taken back.")
    sealed: SkipJsonSchema[DeathDetails | None] = Sealed


class PatientDeceasedRetracted(Event, type="ambulance.patient-deceased-retracted.v1"):
    """A confirmed death was a mistake: that confirmation, and those before it, hold no more."""

    incident_id: UUID
    patient_id: UUID
    retracted_at: AwareDatetime
    reason: DeathRetractionReason
    confirmation: int = Field(default=1, description="Which confirmation of this patient's death is taken back.")


class BodyTransportNeeded(Event, type="ambulance.body-transport-needed.v1"):
    """No hearse is free in time: operators look for another way."""

    booking_id: UUID
    incident_id: UUID | None = None


class BodyTransportSettled(Event, type="ambulance.body-transport-settled.v1"):
    """How a body is brought for which no hearse was free, or that it stays."""

    booking_id: UUID
    outcome: str = Field(description="partner_hearse, transport_unit or facility_keeps.")
    unit_id: str | None = Field(default=None, description="With transport_unit.")
    until: AwareDatetime | None = Field(default=None, description="With facility_keeps: how long.")


class AlertRaised(Event, type="ambulance.alert-raised.v1"):
    """A clock has run out: somebody must look. More kinds may come."""

    alert_id: UUID
    kind: str = Field(description="What is wrong, such as unacknowledged, over_target or call_back_due.")
    contact_id: UUID | None = None
    incident_id: UUID | None = None
    assignment_id: UUID | None = None
    unit_id: str | None = None


class AlertResolved(Event, type="ambulance.alert-resolved.v1"):
    """Nobody has to look any more."""

    alert_id: UUID
    kind: str = Field(description="As it was raised.")
    by_itself: bool = Field(description="True when its cause ended, false when a person settled it.")


class UnitStatusChanged(Event, type="ambulance.unit-status-changed.v1", snapshot=True):
    """The latest state of a unit."""

    unit_id: str
    state: UnitState


class FacilityStatusChanged(Event, type="ambulance.facility-status-changed.v1", snapshot=True):
    """The latest state of a hospital or puskesmas, told also when it is new or described anew."""

    facility_id: str
    state: FacilityState
    name: str | None = Field(default=None, description="Of the institution; no person's.")
    location: Point | None = None
    beds_free: int | None = Field(default=None, description="In the emergency room, as it was told.")
