"""Why a unit was sent: what was known at that moment can be asked for later, whatever has changed since."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import UnitState
from contracts.geography import Point
from contracts.problems import Forbidden, NotFound
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew

FAR = Point(coordinates=(CENTRE.longitude + 0.05, CENTRE.latitude))


@pytest.fixture
def centre(desk: Desk) -> Desk:
    """NEAR has a position of a minute ago, FAR one that is too old, OFF is off duty, BUSY is under way."""
    desk.fleet("NEAR", "BUSY")
    desk.fleet("FAR", base=FAR)
    desk.fleet("OFF", state=UnitState.OFF_DUTY)
    desk.ask(asked.ReportPositions(positions=({"unit_id": "FAR", "location": FAR, "at": desk.now},)))
    desk.send(desk.incident(), "BUSY")
    desk.later(minutes=31)
    desk.ask(asked.ReportPositions(positions=({"unit_id": "NEAR", "location": CENTRE, "at": desk.now},)))
    desk.later(minutes=1)
    return desk


def why(desk: Desk, assignment: Any, **more: Any) -> Any:
    return desk.ask(asked.GetChoice(assignment_id=assignment.id), **more)


def test_what_was_known_is_told_later_as_it_was(centre: Desk) -> None:
    sent = centre.send(centre.incident(), "NEAR")
    then = centre.now
    centre.later(hours=5)
    centre.fleet("NEW")
    shown = why(centre, sent)
    assert (shown.mode, shown.decided_by, shown.decided_at, shown.followed) == ("operator", "operator-1", then, True)
    assert (shown.chosen.unit_id, shown.chosen.position_age_seconds, shown.chosen.reason) == ("NEAR", 60, "closest")
    known = shown.recommendation
    assert (known.built_at, known.units_considered, known.travel_time_source) == (then, 4, "great_circle")
    assert known.left_out == {"committed": 1, "off_duty": 1, "stale_position": 1}
    assert {one.unit_id: one.reason for one in known.candidates if not one.offered} == {
        "BUSY": "committed",
        "FAR": "stale_position",
        "OFF": "off_duty",
    }
    assert (known.stale_after_seconds, known.range_metres) == (1800, 25_000)


def test_another_unit_than_the_recommended_is_told_beside_it(centre: Desk) -> None:
    sent = centre.send(centre.incident(), "FAR")
    shown = why(centre, sent)
    assert (shown.followed, shown.recommendation.recommended) == (False, "NEAR")
    assert (shown.chosen.unit_id, shown.chosen.offered, shown.chosen.reason) == ("FAR", False, "stale_position")
    assert sent.expected_seconds == shown.chosen.expected_seconds


def test_the_chosen_unit_is_shown_however_far_down_it_stood(desk: Desk) -> None:
    desk.fleet(*(f"AMB-{number:02d}" for number in range(30)))
    desk.fleet("LAST", base=FAR)
    shown = why(desk, desk.send(desk.incident(), "LAST"))
    assert (shown.chosen.unit_id, len(shown.recommendation.candidates)) == ("LAST", 11)
    assert shown.recommendation.units_considered == 31


def test_mode_auto_a_plan_and_a_diversion_say_so(centre: Desk) -> None:
    centre.ask(asked.SetSiagaMode(mode="auto"))
    red = centre.incident(location=FAR)
    centre.ask(asked.TriageIncident(incident_id=red, triage="merah"))
    centre.fire()
    (sent,) = centre.ask(asked.GetIncident(incident_id=red)).assignments
    shown = why(centre, sent)
    assert (shown.mode, shown.decided_by, shown.followed) == ("auto", "system", True)
    moved = centre.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=centre.incident(), reason="lebih dekat"))
    shown = why(centre, moved)
    assert (shown.mode, shown.chosen.reason, shown.decided_by) == ("diversion", "committed", "operator-1")


def test_a_planned_unit_is_told_beside_who_would_be_sent_now(desk: Desk) -> None:
    desk.fleet("NEAR"), desk.fleet("PLANNED", base=FAR)
    pickup = desk.now.replace(hour=9)
    id = desk.incident(incident_class="regular", pickup_at=pickup)
    desk.ask(asked.PlanUnit(incident_id=id, unit_id="PLANNED"))
    desk.later(hours=3.1)
    desk.fire()
    (sent,) = desk.ask(asked.GetIncident(incident_id=id)).assignments
    shown = why(desk, sent)
    assert (shown.mode, shown.decided_by, shown.followed) == ("plan", "system", False)
    assert (shown.chosen.unit_id, shown.recommendation.recommended) == ("PLANNED", "NEAR")


def test_without_a_place_on_the_map_there_was_no_recommendation(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident(location=None, kelurahan_code="36.71.01.1001", landmark="depan Pasar Anyar")
    shown = why(desk, desk.send(id, "AMB-01"))
    assert (shown.recommendation, shown.chosen, shown.followed) == (None, None, None)
    assert desk.rows("SELECT known IS NULL AS none FROM choice")[0].none


def test_who_may_ask(centre: Desk) -> None:
    sent = centre.send(centre.incident(), "NEAR")
    assert why(centre, sent, actor=crew("NEAR")).unit_id == "NEAR"
    with pytest.raises(Forbidden):
        why(centre, sent, actor=crew("FAR"))
    centre.runtime.engine.dispose()
    with centre.runtime.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM choice")
    with pytest.raises(NotFound):
        why(centre, sent)


def test_it_holds_no_personal_data(centre: Desk) -> None:
    id = centre.incident(phone="081234567890", complaint="sesak napas", landmark="rumah Bu Ani")
    centre.send(id, "NEAR")
    kept = " ".join(row.text for row in centre.rows("SELECT known::text AS text FROM choice"))
    assert "NEAR" in kept
    assert not [word for word in ("0812", "sesak", "Ani", str(CENTRE.longitude)) if word in kept]
