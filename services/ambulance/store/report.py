"""Figures of a period for reports, each in one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import text

from chassis.work import Work
from contracts.ambulance.report_values import ContactsBy, CoverageBy, Measure, ReportBy
from contracts.ambulance.values import Disposition, IncidentClass, Triage

from .response import base_of

_COLOURS, _CLASSES = tuple(Triage), tuple(IncidentClass)


def _numbered(column: str, values: Sequence[str]) -> str:
    """Numbers are sorted faster than texts."""
    cases = " ".join(f"WHEN '{value}' THEN {number}" for number, value in enumerate(values))
    return f"CASE {column} {cases} END"


_KEY = {
    None: "0",
    ReportBy.CLASS: _numbered("incident_class", _CLASSES),
    ReportBy.TRIAGE: _numbered("triage", _COLOURS),
    ReportBy.KECAMATAN: "kecamatan",
    ReportBy.HOUR: "hour",
    ReportBy.BASE: "base",
}
_NAME: Mapping[ReportBy | None, Callable[[int], str]] = {
    None: lambda _: "all",
    ReportBy.CLASS: lambda key: _CLASSES[key],
    ReportBy.TRIAGE: lambda key: _COLOURS[key],
    ReportBy.KECAMATAN: lambda key: f"{key:06d}"[:2] + "." + f"{key:06d}"[2:4] + "." + f"{key:06d}"[4:],
    ReportBy.HOUR: str,
    ReportBy.BASE: base_of,
}
_TARGETS = " ".join(f"WHEN '{colour}' THEN CAST(:{colour} AS int)" for colour in Triage if colour is not Triage.HITAM)
# A call without a colour is taken as the worst that it may be; hitam, and a regular request, have no target.
_TARGET = (
    f"CASE WHEN incident_class = '{IncidentClass.EMERGENCY}' THEN CASE coalesce(triage, 'merah') {_TARGETS} END END"
)
_TARGET_OF = {Measure.RESPONSE: _TARGET, Measure.HAND_OVER: "CAST(:hand_over AS int)"}


def _counts(measure: Measure) -> str:
    counts = f"count({measure}) AS {measure}_count"
    if target := _TARGET_OF.get(measure):
        counts += f""", count(*) FILTER (WHERE {measure} <= {target}) AS {measure}_in_target,
            count({measure} + {target}) AS {measure}_with_target"""
    return counts


def _percentiles(measure: Measure) -> str:
    return f"percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY {measure}) AS {measure}"


# Two questions: what is sorted for the percentiles must be narrow.
_QUESTION = """SELECT {{key}} AS key, {columns} FROM response
    WHERE opened_at >= :begin AND opened_at < :end{{condition}} GROUP BY 1"""
_FIGURES = tuple(
    _QUESTION.format(columns=", ".join(columns))
    for columns in (
        ("count(*) AS units", "count(*) FILTER (WHERE first) AS incidents", *map(_counts, Measure)),
        map(_percentiles, Measure),
    )
)
_OF_CLASS = " AND incident_class = :incident_class"


def response_times(
    work: Work,
    by: ReportBy | None,
    begin: datetime,
    end: datetime,
    incident_class: IncidentClass | None,
    targets: dict[str, int],
) -> list[dict[str, Any]]:
    """One row for each key with the figures of every measure. `targets` are seconds by colour, and `hand_over`."""
    condition = _OF_CLASS if incident_class else ""
    counted, sorted_ = (text(one.format(key=_KEY[by], condition=condition)) for one in _FIGURES)
    values: dict[str, Any] = {"begin": begin, "end": end}
    if incident_class:
        values["incident_class"] = incident_class
    counts = work.read(counted, values | targets).mappings()
    found = {row["key"]: dict(row) for row in counts}
    with _room(work):
        for row in work.read(sorted_, values).mappings():
            found.get(row["key"], {}).update(row)
    keys = sorted(found, key=lambda key: (key is None, key))
    return [{**found[key], "key": "none" if key is None else _NAME[by](key)} for key in keys]


_LOCAL = "received_at AT TIME ZONE 'Asia/Jakarta'"
_CONTACT_KEY = {
    ContactsBy.DAY: f"to_char({_LOCAL}, 'YYYY-MM-DD')",
    ContactsBy.MONTH: f"to_char({_LOCAL}, 'YYYY-MM')",
    ContactsBy.HOUR: f"to_char({_LOCAL}, 'HH24')",
    ContactsBy.CHANNEL: "channel",
}
_COUNTS = ", ".join(f"count(*) FILTER (WHERE disposition = '{one}') AS {one}" for one in Disposition)


@contextmanager
def _room(work: Work) -> Iterator[None]:
    """A million rows are sorted in memory. Only this unit has the connection; a question has no transaction of its own
    that a SET LOCAL would last for."""
    work.read(text("SET work_mem = '128MB'"))
    try:
        yield
    finally:
        work.read(text("RESET work_mem"))


def contacts(work: Work, by: ContactsBy, begin: datetime, end: datetime) -> list[Any]:
    """How many contacts there were and what they turned out to be."""
    statement = f"""SELECT {_CONTACT_KEY[by]} AS key, count(*) AS contacts, {_COUNTS}
        FROM contact WHERE received_at >= :begin AND received_at < :end GROUP BY 1 ORDER BY 1"""
    return list(work.read(text(statement), {"begin": begin, "end": end}))


_SAMPLE_KEY = {
    CoverageBy.DAY: "to_char(at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD')",
    CoverageBy.HOUR: "to_char(at AT TIME ZONE 'Asia/Jakarta', 'HH24')",
}


def coverage(work: Work, by: CoverageBy, begin: datetime, end: datetime) -> list[Any]:
    """What share of the city was covered: mean and least, and how many units were idle or under way."""
    statement = f"""SELECT {_SAMPLE_KEY[by]} AS key, count(*) AS samples, avg(coverage) AS mean, min(coverage) AS least,
            avg(idle) AS idle, avg(committed) AS committed
        FROM coverage_sample WHERE at >= :begin AND at < :end GROUP BY 1 ORDER BY 1"""
    return list(work.read(text(statement), {"begin": begin, "end": end}))
