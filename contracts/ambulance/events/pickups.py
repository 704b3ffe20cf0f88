"""Regular service: plans and recurring trips."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event


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
