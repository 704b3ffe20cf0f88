"""The day's plan, on a screen and on paper; the report of a period."""

from __future__ import annotations

from pydantic import Field

from ...base import Query
from ...files import Csv, Pdf
from ...times import Day
from ..views import DayPlan

DAY = Field(description="A day in WIB.", examples=["2026-12-01"])


class GetDayPlan(Query, operation="hearse.get_day_plan", scope="hearse:plan", reply=DayPlan):
    """Each vehicle's and each officer's day, with what the crews need to know. A crew sees its own vehicles."""

    day: Day = DAY


class PrintDayPlan(Query, operation="hearse.print_day_plan", scope="hearse:plan", reply=Pdf):
    """The same, to be printed and taken along: one page or more for each vehicle that drives."""

    day: Day = DAY


class GetReport(Query, operation="hearse.get_report", scope="hearse:read", reply=Csv):
    """What was asked for and served in a period, by kecamatan of the pick-up and kind of destination: counts by state
    and reason, waiting in minutes (request to pick-up: median and 90 %), kilometres."""

    begins_on: Day = Field(description="First day, in WIB, by the time of the request.", examples=["2026-11-01"])
    ends_on: Day = Field(description="Last day.", examples=["2026-11-30"])
