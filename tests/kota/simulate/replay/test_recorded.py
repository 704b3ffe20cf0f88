"""Calls as they were: from the API's incidents, and from a CSV."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.ambulance.values import Triage
from contracts.geography import Point
from kota.errors import OperatorError
from kota.importing.faults import BadFile
from kota.simulate.replay.ground import Plan, lay_out
from kota.simulate.replay.recorded import COLUMNS, history, read_calls

CALLED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 WIB
PLACE = {"type": "Point", "coordinates": [106.64, -6.18]}
HERE, THERE = (Point(coordinates=(106.60, -6.18)), Point(coordinates=(106.66, -6.18)))


def at(minutes: float) -> str:
    return (CALLED + timedelta(minutes=minutes)).isoformat()


def assignment(dispatched: float, expected: int | None = 300, **milestones: float) -> dict:
    recorded = [{"milestone": name, "at": at(minutes)} for name, minutes in milestones.items()]
    return {"dispatched_at": at(dispatched), "expected_seconds": expected, "milestones": recorded}


def incident(*assignments: dict, **more: object) -> dict:
    told = {"incident_class": "emergency", "location": PLACE, "triage": "kuning", "opened_at": at(0)}
    return {**told, "assignments": list(assignments), **more}


def test_each_unit_that_came_is_a_call_with_what_it_took():
    first = assignment(1, en_route=2, on_scene=12, patient_loaded=30, at_hospital=40, handed_over=65)
    second = assignment(20, None, on_scene=31, completed=51)
    one, other = history([incident(second, first)]).calls
    assert (one.called_at, one.response, one.on_scene, one.handover) == (CALLED, 12, 18, 25)
    assert (one.transported, one.drive_ratio, one.triage) == (True, 2.0, Triage.KUNING)
    assert (other.called_at, other.response, other.on_scene) == (CALLED + timedelta(minutes=20), 11, 20)
    assert (other.transported, other.drive_ratio) == (False, 1.0)


def test_what_can_not_be_replayed_is_counted_by_reason():
    reached = assignment(1, on_scene=9)
    read = history(
        [
            incident(reached, incident_class="regular"),
            incident(reached, location=None),
            incident(assignment(1)),
            incident(reached),
        ]
    )
    assert len(read.calls) == 1
    assert dict(read.left_out) == {
        "not an emergency": 1,
        "without a point on the map": 1,
        "no unit reached the scene": 1,
    }


def test_unrecorded_durations_are_the_median_of_the_recorded_ones():
    calls = history(
        [incident(assignment(1, on_scene=5, patient_loaded=5 + took, at_hospital=60)) for took in (10, 20, 90)]
        + [incident(assignment(1, on_scene=5))]
    ).calls
    city, laid = lay_out(calls, Plan((HERE, HERE), (THERE,)))
    assert sorted(laid.on_scene) == [10, 20, 20, 90]
    assert set(laid.handover) == {20.0, 0.0}
    assert laid.at.tolist() == [540.0] * 4
    assert (city.units, len(city.bases), city.demand.sum()) == (2, 1, 1)
    assert city.slow.min() == 1


def test_a_replay_without_units_or_hospitals_is_refused():
    calls = history([incident(assignment(1, on_scene=5))]).calls
    with pytest.raises(OperatorError, match="0 units"):
        lay_out(calls, Plan((), (THERE,)))


def test_a_table_of_calls_is_read_and_every_bad_row_named(tmp_path: Path):
    path = tmp_path / "calls.csv"
    row = "2026-11-23T09:00:00+07:00,106.64,-6.18,15,1,20"
    path.write_text(",".join(COLUMNS) + "\n" + row + "\n")
    (call,) = read_calls(path).calls
    assert (call.called_at, call.transported, call.handover, call.response) == (CALLED, True, 20, None)
    for bad in (row.replace("+07:00", ""), row.replace("106.64", "1O6"), row.replace("-6.18", "61.8")):
        path.write_text("\n".join([",".join(COLUMNS), row, bad]) + "\n")
        with pytest.raises(BadFile) as refused:
            read_calls(path)
        assert "row 3" in refused.value.problem
