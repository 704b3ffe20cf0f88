"""Figures of a period, on a screen and as a table to be opened in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from chassis.work import Work
from contracts.ambulance.report_values import Measure, ReportBy
from contracts.ambulance.requests import reports as asked
from contracts.ambulance.values import Disposition, Triage
from contracts.ambulance.views import (
    ContactsReport,
    ContactsRow,
    CoverageReport,
    CoverageRow,
    MeasureView,
    ResponseTimesReport,
    ResponseTimesRow,
)
from contracts.files import Csv
from contracts.identity import region_name
from contracts.problems import wrong_field
from contracts.times import WIB

from .. import store

TIMES = (
    *("key", "name", "incidents", "units", "measure", "count", "p50_seconds", "p90_seconds"),
    *("with_target", "in_target", "in_target_share"),
)
CONTACTS = ("key", "contacts", "real", "nuisance", "undecided", *Disposition)
COVERAGE = ("key", "samples", "mean", "least", "idle_units", "committed_units")


def get_response_times(work: Work, query: asked.ResponseTimes) -> ResponseTimesReport:
    """How long everything took."""
    begin, end = _period(query)
    configuration = store.configuration.get(work)
    by_colour = {str(colour): configuration.target(colour) for colour in Triage}
    targets = {colour: round(target.total_seconds()) for colour, target in by_colour.items() if target}
    targets["hand_over"] = configuration.clocks.hand_over_minutes * 60
    rows = store.report.response_times(work, query.by, begin, end, query.incident_class, targets)
    return ResponseTimesReport(
        begins_on=query.begins_on,
        ends_on=query.ends_on,
        by=query.by,
        incident_class=query.incident_class,
        targets=targets,
        rows=tuple(_times(row, query.by) for row in rows),
    )


def export_response_times(work: Work, query: asked.ExportResponseTimes) -> Csv:
    """One line for each key and measure."""
    report = get_response_times(work, query)
    lines = (
        (row.key, row.name, row.incidents, row.units, *(getattr(one, column) for column in TIMES[4:]))
        for row in report.rows
        for one in row.measures
    )
    return _table("waktu-tanggap", query, TIMES, lines)


def get_contact_counts(work: Work, query: asked.ContactCounts) -> ContactsReport:
    """What the contacts turned out to be."""
    rows = store.report.contacts(work, query.by, *_period(query))
    return ContactsReport(
        begins_on=query.begins_on,
        ends_on=query.ends_on,
        by=query.by,
        rows=tuple(_contacts(row._mapping) for row in rows),
    )


def export_contact_counts(work: Work, query: asked.ExportContactCounts) -> Csv:
    """One line for each key."""
    lines = (
        (
            row.key,
            row.contacts,
            row.real,
            row.nuisance,
            row.undecided,
            *(row.by_disposition[one] for one in Disposition),
        )
        for row in get_contact_counts(work, query).rows
    )
    return _table("kontak", query, CONTACTS, lines)


def get_coverage(work: Work, query: asked.Coverage) -> CoverageReport:
    """What share of the city was covered."""
    rows = store.report.coverage(work, query.by, *_period(query))
    return CoverageReport(
        begins_on=query.begins_on,
        ends_on=query.ends_on,
        by=query.by,
        rows=tuple(
            CoverageRow(
                key=row.key,
                samples=row.samples,
                mean=round(row.mean, 4),
                least=round(row.least, 4),
                idle_units=round(float(row.idle), 2),
                committed_units=round(float(row.committed), 2),
            )
            for row in rows
        ),
    )


def export_coverage(work: Work, query: asked.ExportCoverage) -> Csv:
    """One line for each key."""
    lines = ([getattr(row, column) for column in COVERAGE] for row in get_coverage(work, query).rows)
    return _table("cakupan", query, COVERAGE, lines)


def _period(query: asked.Period) -> tuple[datetime, datetime]:
    if query.ends_on < query.begins_on:
        raise wrong_field("ends_on", "before_begin", "it ends before it begins", "send a later ends_on")
    return _midnight(query.begins_on), _midnight(query.ends_on + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB)


def _times(row: Any, by: ReportBy | None) -> ResponseTimesRow:
    key = row["key"]
    return ResponseTimesRow(
        key=key,
        name=region_name(key) if by is ReportBy.KECAMATAN and key != "none" else None,
        incidents=row["incidents"],
        units=row["units"],
        measures=tuple(_measure(row, one) for one in Measure),
    )


def _measure(row: Any, measure: Measure) -> MeasureView:
    half, most = row.get(measure) or (None, None)
    timed, kept = row.get(f"{measure}_with_target"), row.get(f"{measure}_in_target")
    return MeasureView(
        measure=measure,
        count=row[f"{measure}_count"],
        p50_seconds=half,
        p90_seconds=most,
        with_target=timed,
        in_target=kept,
        in_target_share=round(kept / timed, 4) if timed else None,
    )


def _contacts(row: Any) -> ContactsRow:
    counts = {str(one): row[one] for one in Disposition}
    return ContactsRow(
        key=row["key"],
        contacts=row["contacts"],
        real=counts[Disposition.INCIDENT],
        nuisance=counts[Disposition.PRANK],
        undecided=row["contacts"] - sum(counts.values()),
        by_disposition=counts,
    )


def _table(name: str, query: asked.Period, columns: Sequence[str], lines: Iterable[Iterable[Any]]) -> Csv:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in line] for line in lines)
    return Csv(file_name=f"{name}-{query.begins_on}-{query.ends_on}.csv", content=target.getvalue().encode())
