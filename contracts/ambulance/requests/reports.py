"""Figures of a period: times, contacts, coverage; on a screen and as a table for a spreadsheet."""

from __future__ import annotations

from pydantic import Field

from ...base import Model, Query
from ...files import Csv
from ...times import Day
from ..report_values import ContactsBy, CoverageBy, ReportBy
from ..values import IncidentClass
from ..views import ContactsReport, CoverageReport, ResponseTimesReport


class Period(Model):
    """Whole days in WIB."""

    begins_on: Day = Field(description="First day, in WIB.", examples=["2026-11-01"])
    ends_on: Day = Field(description="Last day.", examples=["2026-11-30"])


class ResponseTimes(Period):
    """By when the incident was told."""

    by: ReportBy | None = Field(default=None, description="One row for each; left out: one row in all.")
    incident_class: IncidentClass | None = None


class GetResponseTimes(
    Query, ResponseTimes, operation="ambulance.get_response_times", scope="ambulance:figures", reply=ResponseTimesReport
):
    """How long everything took: median and 90 %, and the share within the targets that hold today."""


class ExportResponseTimes(
    Query, ResponseTimes, operation="ambulance.export_response_times", scope="ambulance:figures", reply=Csv
):
    """The same as a table, one line for each key and measure."""


class ContactCounts(Period):
    """By when the contact came."""

    by: ContactsBy = ContactsBy.MONTH


class GetContactCounts(
    Query, ContactCounts, operation="ambulance.get_contact_counts", scope="ambulance:figures", reply=ContactsReport
):
    """Real calls against nuisance: what the contacts turned out to be."""


class ExportContactCounts(
    Query, ContactCounts, operation="ambulance.export_contact_counts", scope="ambulance:figures", reply=Csv
):
    """The same as a table."""


class Coverage(Period):
    """Looked at every quarter of an hour."""

    by: CoverageBy = CoverageBy.DAY


class GetCoverage(Query, Coverage, operation="ambulance.get_coverage", scope="ambulance:figures", reply=CoverageReport):
    """What share of the demand a free unit would have reached in the red target."""


class ExportCoverage(Query, Coverage, operation="ambulance.export_coverage", scope="ambulance:figures", reply=Csv):
    """The same as a table."""


__all__ = [
    "ExportContactCounts",
    "ExportCoverage",
    "ExportResponseTimes",
    "GetContactCounts",
    "GetCoverage",
    "GetResponseTimes",
]
