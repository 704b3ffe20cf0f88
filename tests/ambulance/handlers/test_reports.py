"""Reports against figures reckoned by hand."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.geography import Point
from contracts.problems import InvalidRequest
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk

FAR = Point(coordinates=(CENTRE.longitude + 0.02, CENTRE.latitude))
PERIOD = {"begins_on": date(2026, 11, 23), "ends_on": date(2026, 11, 23)}
STEPS = ("acknowledged", "en_route", "on_scene", "patient_loaded", "at_hospital", "handed_over")


def trip(desk: Desk, dispatched: int, times: tuple[int, ...], *, unit: str = "AMB-01", **more: Any) -> Any:
    """An incident at noon, a unit after so many seconds, its milestones so many seconds after noon."""
    triage = more.pop("triage", None)
    desk.now = more.pop("at", NOON)
    begun = desk.now
    id = desk.incident(**more)
    if triage:
        desk.ask(asked.TriageIncident(incident_id=id, triage=triage))
    desk.later(seconds=dispatched)
    sent = desk.send(id, unit)
    for milestone, after in zip(STEPS, times, strict=False):
        desk.now = max(desk.now, begun + timedelta(seconds=after))
        desk.report(sent.id, milestone, at=begun + timedelta(seconds=after))
    if len(times) == len(STEPS):
        desk.report(sent.id, "completed", at=begun + timedelta(seconds=times[-1]))
    return sent


def times(desk: Desk, **more: Any) -> dict[str, Any]:
    report = desk.ask(asked.GetResponseTimes(**{**PERIOD, **more}))
    return {row.key: row for row in report.rows}


def figures(row: Any, measure: str) -> tuple[Any, ...]:
    (one,) = (one for one in row.measures if one.measure == measure)
    return one.count, one.p50_seconds, one.p90_seconds


def share(row: Any, measure: str = "response") -> tuple[Any, ...]:
    (one,) = (one for one in row.measures if one.measure == measure)
    return one.in_target, one.with_target, one.in_target_share


@pytest.fixture
def day(desk: Desk) -> Desk:
    """Three emergencies, one regular request, of two units at two bases."""
    desk.fleet("AMB-01")
    desk.fleet("AMB-02", base=FAR)
    trip(desk, 60, (70, 120, 600, 1200, 1800, 2400), triage="merah")
    trip(desk, 30, (40, 60, 1000, 1300, 2000, 4100), triage="merah", unit="AMB-02")
    trip(desk, 90, (95, 100, 1700, 1900, 2300, 2900), triage="kuning", at=NOON + timedelta(hours=2))
    trip(desk, 100, (110, 200, 2300, 2500, 3000, 3300), incident_class="regular", at=NOON + timedelta(hours=4))
    return desk


def test_all_in_one_row(day: Desk) -> None:
    (row,) = times(day).values()
    assert (row.key, row.incidents, row.units) == ("all", 4, 4)
    assert figures(row, "call_to_dispatch") == (4, 60, 100)  # 30 60 90 100
    assert figures(row, "turnout") == (4, 30, 100)  # 60 30 10 100
    assert figures(row, "travel") == (4, 940, 2100)  # 480 940 1600 2100
    assert figures(row, "response") == (4, 1000, 2300)  # 600 1000 1700 2300
    assert figures(row, "scene") == (4, 200, 600)  # 600 300 200 200
    assert figures(row, "transport") == (4, 500, 700)  # 600 700 400 500
    assert figures(row, "hand_over") == (4, 600, 2100)  # 600 2100 600 300
    assert figures(row, "total") == (4, 2900, 4100)  # 2400 4100 2900 3300


def test_the_share_in_target_goes_by_colour(day: Desk) -> None:
    (row,) = times(day).values()
    assert share(row) == (2, 3, 0.6667)  # 600 of 900, 1000 of 900, 1700 of 1800; the regular request has no target
    assert share(row, "hand_over") == (3, 4, 0.75)
    assert share(row, "travel") == (None, None, None)
    rows = times(day, by="triage")
    assert share(rows["merah"]) == (1, 2, 0.5) and share(rows["kuning"]) == (1, 1, 1.0)
    day.ask(asked.SetTargets(merah_minutes=20, kuning_minutes=25, hijau_minutes=60))
    assert share(times(day, by="triage")["merah"]) == (2, 2, 1.0)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("class", {"emergency": 3, "regular": 1}),
        ("triage", {"merah": 2, "kuning": 1, "none": 1}),
        ("hour", {"12": 2, "14": 1, "16": 1}),
        ("base", {"106.632,-6.172": 3, "106.652,-6.172": 1}),
        ("kecamatan", {"none": 4}),
    ],
)
def test_by_each_dimension(day: Desk, by: str, keys: dict[str, int]) -> None:
    assert {key: row.incidents for key, row in times(day, by=by).items()} == keys


def test_by_kecamatan_with_its_name(desk: Desk) -> None:
    desk.fleet("AMB-01")
    trip(desk, 60, (), location=None, kelurahan_code="36.71.01.1001", landmark="pasar")
    (row,) = times(desk, by="kecamatan").values()
    assert (row.key, row.name) == ("36.71.01", "Tangerang")


def test_one_class_and_one_day_only(day: Desk) -> None:
    assert times(day, incident_class="regular")["all"].incidents == 1
    assert times(day, begins_on=date(2026, 11, 24), ends_on=date(2026, 11, 24)) == {}


def test_a_day_begins_at_midnight_in_wib(desk: Desk) -> None:
    desk.fleet("AMB-01")
    trip(desk, 5, (6, 7, 8, 9, 10, 11), at=NOON.replace(hour=16, minute=59))  # 23:59 WIB
    trip(desk, 5, (6, 7, 8, 9, 10, 11), at=NOON.replace(hour=17))  # 00:00 WIB
    assert times(desk)["all"].incidents == 1
    assert times(desk, by="hour").keys() == {"23"}


def test_with_two_units_the_first_to_be_there_counts_once(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    id = desk.incident()
    first, second = desk.send(id, "AMB-01"), desk.send(id, "AMB-02")
    desk.later(minutes=10)
    desk.report(first.id, "on_scene", at=NOON + timedelta(minutes=9))
    desk.report(second.id, "on_scene", at=NOON + timedelta(minutes=5))
    (row,) = times(desk).values()
    assert (row.incidents, row.units, figures(row, "response")) == (1, 2, (1, 300, 300))


def test_corrections_and_pick_ups_count_as_they_were(desk: Desk) -> None:
    desk.fleet("AMB-01")
    pickup = NOON + timedelta(hours=2)
    id = desk.incident(incident_class="regular", pickup_at=pickup)
    sent = desk.ask(asked.DispatchUnit(incident_id=id, unit_id="AMB-01", at_once=True))
    desk.now = pickup + timedelta(minutes=30)
    desk.report(sent.id, "on_scene", at=pickup - timedelta(minutes=5))
    (row,) = times(desk).values()
    assert figures(row, "response") == (1, 0, 0) and figures(row, "call_to_dispatch") == (0, None, None)
    at = pickup + timedelta(minutes=10)
    desk.ask(asked.CorrectMilestone(assignment_id=sent.id, milestone="on_scene", at=at, reason="salah tekan"))
    assert figures(times(desk)["all"], "response") == (1, 600, 600)


def test_contacts_real_against_nuisance(desk: Desk) -> None:
    for disposition in ("prank", "prank", "silent", "incident", "information"):
        contact = desk.ask(asked.RecordContact(channel="app" if disposition == "incident" else "call"))
        desk.ask(asked.DisposeContact(contact_id=contact.id, disposition=disposition, reason="tertawa"))
    desk.ask(asked.RecordContact())
    (row,) = desk.ask(asked.GetContactCounts(**PERIOD)).rows
    assert (row.key, row.contacts, row.real, row.nuisance, row.undecided) == ("2026-11", 6, 1, 2, 1)
    assert row.by_disposition["silent"] == 1
    rows = desk.ask(asked.GetContactCounts(**PERIOD, by="channel")).rows
    assert {one.key: one.contacts for one in rows} == {"app": 1, "call": 5}
    assert [one.key for one in desk.ask(asked.GetContactCounts(**PERIOD, by="hour")).rows] == ["12"]


RING = [(106.60, -6.20), (106.66, -6.20), (106.66, -6.14), (106.60, -6.14), (106.60, -6.20)]
AREA = {"code": "36.71.01.1001", "name": "Sukarasa", "kecamatan_code": "36.71.01", "kecamatan": "Tangerang"}


def test_coverage_over_time(desk: Desk) -> None:
    desk.ask(asked.ImportAreas(areas=({**AREA, "polygons": [[RING]]},)))
    desk.fleet("AMB-01", "AMB-02")
    due = desk.rows("SELECT due_at FROM timer WHERE kind = 'coverage-sample'")[0].due_at
    desk.now = due
    desk.fire()
    desk.send(desk.incident(), "AMB-01")
    desk.later(minutes=15)
    desk.fire()
    period = {"begins_on": (due + timedelta(hours=7)).date(), "ends_on": (desk.now + timedelta(hours=7)).date()}
    rows = desk.ask(asked.GetCoverage(**period, by="day")).rows
    samples = sum(row.samples for row in rows)
    assert samples == 2 and sum(row.committed_units * row.samples for row in rows) == 1
    assert min(row.least for row in rows) == 0.7, "one unit is free with the chance that the method assumes"
    assert max(row.mean for row in rows) <= 0.91


def test_an_outage_leaves_a_gap_and_no_heap_of_samples(desk: Desk) -> None:
    desk.now = desk.rows("SELECT due_at FROM timer WHERE kind = 'coverage-sample'")[0].due_at + timedelta(hours=5)
    desk.fire()
    assert desk.rows("SELECT due_at FROM timer WHERE kind = 'coverage-sample'")[0].due_at > desk.now


def test_as_a_table(day: Desk) -> None:
    file = day.ask(asked.ExportResponseTimes(**PERIOD, by="triage"))
    assert file.file_name == "waktu-tanggap-2026-11-23-2026-11-23.csv"
    lines = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert len(lines) == 3 * 8
    line = next(one for one in lines if (one["key"], one["measure"]) == ("kuning", "response"))
    assert (line["count"], line["p50_seconds"], line["in_target"], line["in_target_share"]) == ("1", "1700", "1", "1.0")
    assert {"key", "contacts", "real", "nuisance"} <= set(_head(day.ask(asked.ExportContactCounts(**PERIOD))))
    assert "least" in _head(day.ask(asked.ExportCoverage(**PERIOD)))


def _head(file: Any) -> list[str]:
    return next(csv.reader(io.StringIO(file.content.decode())))


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    wrong = {"begins_on": date(2026, 11, 24), "ends_on": date(2026, 11, 23)}
    for request in (asked.GetResponseTimes, asked.GetContactCounts, asked.GetCoverage):
        with pytest.raises(InvalidRequest):
            desk.ask(request(**wrong))


def test_what_was_there_before_there_were_figures_is_reckoned_the_same(day: Desk) -> None:
    """The comparison at the end of each test looks at what the migration makes of it."""
    migration = import_module("services.ambulance.migrations.versions.0011_reports")
    with day.runtime.connect() as connection:
        assert connection.execute("DELETE FROM response").rowcount == 4
        assert connection.execute(migration.FIRST_FIGURES).rowcount == 4
    assert times(day, by="base").keys() == {"106.632,-6.172", "106.652,-6.172"}
