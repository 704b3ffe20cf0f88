"""What is shown of recurring pick-ups, and of the day's plan."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ...times import Weekday
from ..pickup_values import RideLeg
from ..values import IncidentState, UnitType
from .explained import Explained


class ComingRideView(View):
    """A pick-up that was asked for."""

    incident_id: UUID
    on: date
    leg: RideLeg
    pickup_at: AwareDatetime
    state: IncidentState


class RideSeriesView(View):
    id: UUID
    state: str = Field(description="A SeriesState: active or ended; show one that you don't know as it is.")
    phone: str | None = Field(default=None, description="E.164; masked in lists, and once it has ended.")
    needs: str | None = None
    location: Point | None = None
    kelurahan_code: str | None = None
    landmark: str | None = None
    facility_id: str
    weekdays: tuple[Weekday, ...]
    pickup_time: str
    return_time: str | None = None
    begins_on: date
    ends_on: date
    skipped: tuple[date, ...] = Field(default=(), description="Days on which the patient is not fetched.")
    reason: str | None = Field(default=None, description="Why it ended.")
    coming: tuple[ComingRideView, ...] = Field(default=(), description="Asked for, not closed; not in lists.")
    version: int


class RideSeriesPage(Page):
    items: tuple[RideSeriesView, ...]


class RideView(View):
    """The recurring trip to which a pick-up belongs, and where the patient is brought."""

    series_id: UUID
    leg: RideLeg
    facility_id: str | None = Field(default=None, description="On the way there.")
    needs: str | None = None
    location: Point | None = Field(default=None, description="On the way back: the patient's home.")
    kelurahan_code: str | None = None
    landmark: str | None = None


class DayTripView(View):
    """A pick-up in the day of a unit, from its reservation until it is free again."""

    incident_id: UUID
    plan_id: UUID
    begins_at: AwareDatetime
    pickup_at: AwareDatetime
    ends_at: AwareDatetime
    facility_id: str | None = None
    sent: bool = Field(description="The unit was sent; no plan any more.")


class DayUnitView(View):
    unit_id: str
    type: UnitType
    trips: tuple[DayTripView, ...] = Field(description="The earliest first.")


class UnplannedView(Explained):
    """A pick-up without a unit."""

    incident_id: UUID
    pickup_at: AwareDatetime
    reason: str = Field(description="not_planned, too_near or no_unit_free")


class DayPlanView(View):
    on: date
    units: tuple[DayUnitView, ...] = Field(description="All that are not out of service, by id; or have a trip.")
    unplanned: tuple[UnplannedView, ...] = Field(description="The earliest first.")
