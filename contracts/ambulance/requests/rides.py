"""Recurring pick-ups, such as dialysis three times a week, and the day's plan of all of them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ...base import Query, Request
from ...identity import Phone
from ...paging import PageQuery
from ...times import Day, Weekday
from ..ids import FacilityId
from ..pickup_values import SeriesState
from ..views import DayPlanView, RideSeriesPage, RideSeriesView
from .intake import Place

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Hours and minutes in WIB."""


class OpenRideSeries(
    Request, Place, operation="ambulance.open_ride_series", scope="ambulance:intake", reply=RideSeriesView
):
    """Fetch a patient on these weekdays, and bring them back if a time of return is given. A single trip there and back
    is a series of one day. Each pick-up becomes a regular request a week ahead."""

    phone: Phone = Field(repr=False, description="On which the family can be told.")
    needs: str | None = Field(
        default=None, max_length=500, repr=False, examples=["kursi roda"], description="For the crew."
    )
    facility_id: FacilityId
    weekdays: tuple[Weekday, ...] = Field(min_length=1, max_length=7, examples=[["monday", "wednesday", "friday"]])
    pickup_time: Clock = Field(examples=["05:30"], description="In WIB, at home.")
    return_time: Clock | None = Field(default=None, examples=["11:00"], description="In WIB, at the facility.")
    begins_on: Day = Field(examples=["2026-12-01"])
    ends_on: Day | None = Field(default=None, description="The last day; default, and at most, a year later.")

    @field_validator("weekdays")
    @classmethod
    def _each_once(cls, days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
        if len(set(days)) < len(days):
            raise PydanticCustomError("twice", "a weekday is there twice", {"fix": "send each once"})
        return days

    @field_validator("return_time")
    @classmethod
    def _after_the_way_there(cls, time: str | None, fields: ValidationInfo) -> str | None:
        if time is not None and time <= fields.data.get("pickup_time", ""):
            raise PydanticCustomError(
                "before_pickup", "the way back can't begin before the way there", {"fix": "send a later return_time"}
            )
        return time


class GetRideSeries(Query, operation="ambulance.get_ride_series", scope="ambulance:intake", reply=RideSeriesView):
    """With the pick-ups to come."""

    series_id: UUID


class ListRideSeries(PageQuery, operation="ambulance.list_ride_series", scope="ambulance:intake", reply=RideSeriesPage):
    """Newest first, phone numbers masked."""

    state: SeriesState | None = None


class SkipRide(Request, operation="ambulance.skip_ride", scope="ambulance:intake", reply=RideSeriesView):
    """The patient is not fetched on that day; the same again changes nothing."""

    series_id: UUID
    on: Day = Field(examples=["2026-12-02"])


class EndRideSeries(Request, operation="ambulance.end_ride_series", scope="ambulance:intake", reply=RideSeriesView):
    """The patient is not fetched any more after the last day; what was asked for beyond it is cancelled."""

    series_id: UUID
    last_on: Day | None = Field(default=None, description="Default: yesterday, so that nobody comes any more.")
    reason: str = Field(min_length=3, max_length=500, examples=["pasien dirawat inap"])


class GetDayPlan(Query, operation="ambulance.get_day_plan", scope="ambulance:dispatch", reply=DayPlanView):
    """The pick-ups of a day by unit, and those that have none."""

    on: Day = Field(description="A day in WIB.", examples=["2026-12-01"])


class PlanDay(Request, operation="ambulance.plan_day", scope="ambulance:dispatch", reply=DayPlanView):
    """Plan a unit for each pick-up of the day that has none: no two overlap, life support is spared, empty ways are
    short. What is planned already stays as it is."""

    on: Day = Field(description="A day in WIB.", examples=["2026-12-01"])
