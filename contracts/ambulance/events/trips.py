"""Units that are sent, and the facilities to which they bring patients."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event
from ..values import Milestone, RefusalReason


class UnitDispatched(Event, type="ambulance.unit-dispatched.v1"):
    """A unit was sent; `expected_seconds` is the travel time that the dispatcher saw."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    expected_seconds: int | None = None


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
