"""A pick-up whose unit can't come gets another; its family is told when it will be late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from contracts import ambulance as asked
from contracts.ambulance.problems import UnitTaken
from contracts.geography import Point
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew
from .plans import REGULAR, alerts, pickup, plan, planned, red, state
from .test_hospitals import hospital

FAR = Point(coordinates=(CENTRE.longitude + 0.08, CENTRE.latitude))


def kinds(desk: Desk) -> list[str]:
    return sorted(kind for kind, *_ in alerts(desk))


def test_an_emergency_takes_the_unit_and_another_is_planned_in_its_place(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    soon = pickup(desk, hours=2)
    before = plan(desk, soon)
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert (planned(desk, soon), alerts(desk)) == (["AMB-02"], [])
    [after] = desk.ask(asked.GetIncident(incident_id=soon)).plans
    assert (after.begins_at, after.ends_at) == (before.begins_at, before.ends_at)
    assert desk.events().count("plan-ended") == 1 and desk.events().count("unit-planned") == 2
    desk.later(hours=1)
    desk.fire()
    assert state(desk, soon) == [("AMB-02", "dispatched")]


def test_who_spares_life_support_goes_first_and_nobody_who_is_taken(desk: Desk) -> None:
    units = ({"id": id, "type": type, "base": CENTRE} for id, type in (("ALS-1", "als"), ("T-1", "transport")))
    desk.fleet("AMB-01", "AMB-02", "AMB-03")
    desk.ask(asked.ImportUnits(units=(*units, {"id": "T-2", "type": "transport", "base": FAR})))
    for id in ("ALS-1", "T-1", "T-2"):
        desk.ask(asked.SetUnitStatus(unit_id=id, state="available"))
    soon, other = pickup(desk, hours=2), pickup(desk, hours=2.5)
    plan(desk, soon)
    plan(desk, other, "T-1")
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert planned(desk, soon) == ["T-2"]  # T-1 is nearer, and has a pick-up of its own


def test_a_unit_that_is_off_duty_when_it_should_go_is_replaced_and_the_other_sent(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    soon = pickup(desk, hours=2)
    plan(desk, soon)
    desk.ask(asked.SetUnitStatus(unit_id="AMB-01", state="off_duty"))
    desk.later(minutes=30)
    desk.fire()
    assert planned(desk, soon) == ["AMB-01"]  # it may be back on duty until then
    desk.later(minutes=30)
    desk.fire()
    assert (state(desk, soon), kinds(desk)) == ([("AMB-02", "dispatched")], [])


def test_a_unit_that_is_diverted_from_a_pick_up_is_replaced_at_once(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    near = pickup(desk, hours=0.75)
    sent = desk.send(near, "AMB-01")
    desk.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=red(desk), reason="henti jantung"))
    desk.fire()
    assert state(desk, near) == [("AMB-01", "diverted"), ("AMB-02", "dispatched")]
    assert kinds(desk) == []


def test_with_nobody_left_the_family_is_told_until_a_unit_comes_in_time(desk: Desk) -> None:
    desk.fleet("AMB-01")
    near = pickup(desk, hours=0.75)
    sent = desk.send(near, "AMB-01")
    desk.ask(asked.DeclineAssignment(assignment_id=sent.id, reason="ban kempes"), crew("AMB-01"))
    desk.fire()
    assert ("family_to_tell", {"reason": "no_unit"}, None) in alerts(desk)
    assert state(desk, near) == [("AMB-01", "declined")]  # it is not asked again
    desk.ask(asked.DeclineAssignment(assignment_id=sent.id, reason="ban kempes"), crew("AMB-01"))  # told twice
    desk.fleet("AMB-02")
    desk.send(near, "AMB-02")
    assert "family_to_tell" not in kinds(desk)


def test_a_unit_that_will_be_late_is_told_to_the_family_with_the_time(desk: Desk) -> None:
    desk.fleet("AMB-01", base=FAR)
    near = pickup(desk, hours=0.05)
    sent = desk.send(near, "AMB-01")
    expected = desk.now + timedelta(seconds=sent.expected_seconds)
    assert expected > desk.now + timedelta(minutes=13)
    detail: Any = {"reason": "late", "expected_at": expected.isoformat(timespec="seconds")}
    assert ("family_to_tell", detail, None) in alerts(desk)
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="keluarga membatalkan"))
    desk.ask(asked.CloseIncident(incident_id=near, outcome="cancelled"))
    assert kinds(desk) == []


def test_a_dispatcher_who_calls_a_unit_back_meant_it(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    near = pickup(desk, hours=0.75)
    sent = desk.send(near, "AMB-01")
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="keluarga menunda"))
    desk.fire()
    assert state(desk, near) == [("AMB-01", "released")]


def test_a_plan_ends_when_the_patient_was_handed_over(desk: Desk) -> None:
    desk.ask(asked.ImportFacilities(facilities=(hospital("RS-1", 0.01), hospital("RS-2", 0.08))))
    desk.fleet("AMB-01")

    def span(facility_id: str) -> timedelta:
        id = pickup(desk)
        made = desk.ask(asked.PlanUnit(incident_id=id, unit_id="AMB-01", facility_id=facility_id))
        desk.ask(asked.CancelPlan(plan_id=made.id, reason="dicoba"))
        return made.ends_at - made.begins_at

    near, far = span("RS-1"), span("RS-2")
    # An hour before, ten minutes to board, a quarter of an hour to hand over, and the drive.
    assert timedelta(minutes=85) < near < timedelta(minutes=90) < far


def test_the_database_itself_refuses_plans_that_overlap(desk: Desk) -> None:
    desk.fleet("AMB-01")
    first = plan(desk, pickup(desk))
    second = plan(desk, pickup(desk, 30))
    with pytest.raises(IntegrityError, match="ex_plan_no_overlap"), desk.runtime.engine.begin() as connection:
        moved = {"at": first.begins_at, "end": first.ends_at, "id": second.id}
        connection.execute(text("UPDATE plan SET begins_at = :at, ends_at = :end WHERE id = :id"), moved)


def test_whoever_asked_sees_the_time_and_that_a_unit_is_planned(desk: Desk) -> None:
    desk.fleet("AMB-01")
    contact = desk.ask(asked.RecordContact()).id
    at = desk.now + timedelta(hours=22)
    wish = asked.DisposeContact(contact_id=contact, disposition="incident", pickup_at=at, location=CENTRE, **REGULAR)
    incident: UUID = desk.ask(wish).incident_id

    def told() -> tuple[str, Any]:
        shown = desk.ask(asked.GetProgress(contact_id=contact))
        return shown.stage, shown.expected_at

    assert told() == ("searching", at)
    plan(desk, incident)
    assert told() == ("planned", at)
    desk.later(hours=21)
    desk.fire()
    assert told()[0] == "on_the_way"


def test_a_plan_made_by_code_that_knew_no_end_takes_two_hours(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    made = plan(desk, tomorrow)
    with desk.runtime.engine.begin() as connection:
        connection.execute(text("UPDATE plan SET ends_at = NULL"))
    [shown] = desk.ask(asked.GetIncident(incident_id=tomorrow)).plans
    assert shown.ends_at == made.begins_at + timedelta(hours=2)
    with pytest.raises(UnitTaken):
        plan(desk, pickup(desk, 23))
    view = desk.ask(asked.PlanDay(on=(desk.now + timedelta(days=1)).date()))
    assert [len(one.trips) for one in view.units] == [1] and len(view.unplanned) == 1


def test_a_unit_that_was_taken_off_a_pick_up_is_not_planned_for_it_again(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    soon = pickup(desk, hours=2)
    sent = desk.ask(asked.DispatchUnit(incident_id=soon, unit_id="AMB-02", at_once=True))
    desk.ask(asked.DeclineAssignment(assignment_id=sent.id, reason="lift rusak"), crew("AMB-02", subject="crew-2"))
    desk.fire()
    assert planned(desk, soon) == ["AMB-01"]
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert planned(desk, soon) == ["AMB-01"]  # and a person is told
    assert "planned_unit_unavailable" in kinds(desk)
