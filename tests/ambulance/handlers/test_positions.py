"""Positions from devices: one bad fix holds up no other, and no wrong fix locks the right ones out."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.context import Actor
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import OPERATOR, Desk, crew

GOOD = CENTRE.model_dump(mode="json")
SURABAYA = {"type": "Point", "coordinates": [112.75, -7.25]}
"""Some 660 km from the city."""


def fix(seconds: float, location: Any = GOOD, unit: str = "AMB-01") -> dict[str, Any]:
    return {"unit_id": unit, "location": location, "at": (NOON + timedelta(seconds=seconds)).isoformat()}


def sent(desk: Desk, *positions: Any, actor: Actor = OPERATOR) -> Any:
    desk.now = max(desk.now, NOON + timedelta(hours=1))
    return desk.ask(asked.ReportPositions.model_validate_json(json.dumps({"positions": positions})), actor)


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no fix": (fix(1, {"type": "Point", "coordinates": [0, 0]}), "/location/coordinates", "coordinates_outside"),
    "swapped": (
        fix(1, {"type": "Point", "coordinates": [-6.1, 106.6]}),
        "/location/coordinates",
        "coordinates_swapped",
    ),
    "no place": (fix(1, None), "/location", "model_type"),
    "a number for a time": ({**fix(1), "at": 1700000000}, "/at", "not_date_and_time"),
    "a time of 1980": ({**fix(1), "at": "1980-01-06T00:00:00Z"}, "/at", "year_outside"),
    "a time to come": (fix(7300), "/at", "in_the_future"),
    "an unknown unit": (fix(1, unit="AMB-99"), "/unit_id", "unknown"),
    "a misspelt field": ({**fix(1), "spd": 3}, "/spd", "extra_forbidden"),
    "no unit": ({"location": GOOD, "at": NOON.isoformat()}, "/unit_id", "missing"),
}


@pytest.mark.parametrize("kind", BAD)
def test_one_bad_position_is_refused_by_itself(desk: Desk, kind: str) -> None:
    desk.fleet("AMB-01")
    bad, pointer, code = BAD[kind]
    reply = sent(desk, fix(0), bad, fix(2))
    assert reply.accepted == 2 and reply.refused[0].startswith("1: ")
    assert [(error.pointer, error.code) for error in reply.errors] == [(f"/positions/1{pointer}", code)]
    assert desk.rows("SELECT count(*) FROM position")[0].count == 2


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, True])
def test_what_is_no_position_at_all_holds_up_nobody_either(desk: Desk, bad: Any) -> None:
    desk.fleet("AMB-01")
    assert sent(desk, bad, fix(0)).accepted == 1


def test_another_crews_unit_is_refused_by_itself_and_never_moved(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    reply = sent(desk, fix(0, unit="AMB-02"), fix(0), actor=crew("AMB-01"))
    assert reply.accepted == 1 and [error.code for error in reply.errors] == ["not_yours"]
    assert desk.ask(asked.GetUnit(unit_id="AMB-02")).location is None


def test_what_was_no_position_passes_the_wire_as_it_was_sent() -> None:
    """The gateway reads a request and writes it anew for the service, which must judge the same thing again."""
    sent = asked.ReportPositions.model_validate_json('{"positions": [{"unit_id": 7, "x": [1]}, null]}')
    assert sent.model_dump_json() == '{"positions":[{"unit_id":7,"x":[1]},null]}'
    assert asked.ReportPositions.model_validate_json(sent.model_dump_json()) == sent


def test_three_fixes_that_agree_win_over_a_wrong_one(desk: Desk) -> None:
    desk.fleet("AMB-01")
    assert sent(desk, fix(0, SURABAYA)).accepted == 1
    for second, accepted in ((10, 0), (11, 0), (12, 1), (13, 1)):
        assert sent(desk, fix(second)).accepted == accepted, second
    unit = desk.ask(asked.GetUnit(unit_id="AMB-01"))
    assert (unit.location, unit.located_at) == (CENTRE, NOON + timedelta(seconds=13))
    marked = desk.rows("SELECT at, outlier FROM position ORDER BY at")
    assert [(row.at, row.outlier) for row in marked] == [
        (NOON + timedelta(seconds=second), second == 0) for second in (0, 10, 11, 12, 13)
    ]


def test_in_one_batch_too(desk: Desk) -> None:
    desk.fleet("AMB-01")
    reply = sent(desk, fix(0, SURABAYA), fix(1), fix(2), fix(3), fix(4))
    assert (reply.accepted, reply.errors) == (5, ())
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).location == CENTRE
    assert desk.rows("SELECT count(*) FROM position")[0].count == 5


def test_a_single_jump_moves_nobody_and_is_forgotten(desk: Desk) -> None:
    desk.fleet("AMB-01")
    sent(desk, fix(0), fix(1, SURABAYA), fix(2), fix(3, SURABAYA), fix(4), fix(5, SURABAYA))
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).location == CENTRE
    assert desk.rows("SELECT 1 FROM position WHERE outlier") == []


def test_jumps_that_contradict_each_other_do_not_win(desk: Desk) -> None:
    desk.fleet("AMB-01")
    sent(desk, fix(0))
    for second in range(1, 9):
        far = {"type": "Point", "coordinates": [112.0 + second, -7.25]}
        assert sent(desk, fix(second, far)).accepted == 0
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).location == CENTRE


def test_the_same_doubted_fix_sent_again_counts_once(desk: Desk) -> None:
    desk.fleet("AMB-01")
    sent(desk, fix(0, SURABAYA))
    for _ in range(4):
        assert sent(desk, fix(10)).accepted == 0


def test_a_device_that_errs_often_is_told_once(desk: Desk) -> None:
    desk.fleet("AMB-01")
    for time in range(4):
        place = SURABAYA if time % 2 else GOOD
        sent(desk, *(fix(10 * time + second, place) for second in range(3)))
    (alert,) = desk.ask(asked.ListAlerts(kind="device_unreliable")).items
    assert (alert.unit_id, alert.detail, alert.incident_id) == ("AMB-01", {"outliers": 3}, None)
    sent(desk, *(fix(100 + second) for second in range(3)))
    assert len(desk.ask(asked.ListAlerts(kind="device_unreliable")).items) == 1
