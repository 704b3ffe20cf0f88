"""Figures of a period."""

from __future__ import annotations

import datetime

from pydantic import Field

from ...base import View


class MeasureView(View):
    """Of one measure, over the cases in which both of its moments are known."""

    measure: str = Field(
        description=(
            "call_to_dispatch, turnout, travel, response, scene, transport, hand_over or total; show one that you don't"
            " know as it is."
        )
    )
    count: int
    p50_seconds: int | None = Field(description="Half took no longer; null without cases.")
    p90_seconds: int | None
    with_target: int | None = Field(default=None, description="Cases with a target; only for response and hand_over.")
    in_target: int | None = None
    in_target_share: float | None = Field(default=None, description="0 to 1.")


class ResponseTimesRow(View):
    key: str = Field(description="What the report is by: a class, colour, kecamatan code, hour in WIB or base.")
    name: str | None = Field(default=None, description="Of a kecamatan.")
    incidents: int = Field(description="With at least one unit sent.")
    units: int = Field(description="Sent, also those that were called back.")
    measures: tuple[MeasureView, ...]


class ResponseTimesReport(View):
    begins_on: datetime.date
    ends_on: datetime.date
    by: str | None
    incident_class: str | None
    targets: dict[str, int] = Field(description="Seconds by colour, and hand_over: those that hold today.")
    rows: tuple[ResponseTimesRow, ...]


class ContactsRow(View):
    key: str
    contacts: int
    real: int = Field(description="Became an incident, or joined one.")
    nuisance: int = Field(description="Pranks. Silent and cut-off calls are not counted as such.")
    undecided: int
    by_disposition: dict[str, int]


class ContactsReport(View):
    begins_on: datetime.date
    ends_on: datetime.date
    by: str
    rows: tuple[ContactsRow, ...]


class CoverageRow(View):
    key: str
    samples: int
    mean: float = Field(description="Share of the demand, 0 to 1.")
    least: float
    idle_units: float = Field(description="With life support and free, on average.")
    committed_units: float


class CoverageReport(View):
    begins_on: datetime.date
    ends_on: datetime.date
    by: str
    rows: tuple[CoverageRow, ...]
