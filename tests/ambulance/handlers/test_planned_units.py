"""A unit planned for tomorrow's pick-up is free until shortly before it, then sent by itself; who takes it is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import PickupNotNear, UnitTaken
from contracts.ambulance.values import UnitState

from .desk import Desk
from .plans import alerts, offered, pickup, plan, planned, red, refused, state, unit_state


def test_a_unit_for_tomorrow_stays_free_for_emergencies_today(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    shown = plan(desk, tomorrow)
    assert (shown.state, shown.begins_at) == ("planned", desk.now + timedelta(hours=21))
    desk.later(minutes=5)
    assert desk.fire() == 0
    assert (unit_state(desk), offered(desk, red(desk)), alerts(desk)) == (UnitState.AVAILABLE, ["AMB-01"], [])
    [listed] = desk.ask(asked.ListPickups(unit="assigned")).items
    assert (listed.plans, listed.assignments) == ((shown,), ())
    assert desk.ask(asked.ListPickups(unit="unassigned")).items == ()
    assert "unit-planned" in desk.events() and "unit-dispatched" not in desk.events()


def test_a_unit_is_not_sent_a_day_too_early(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    with pytest.raises(PickupNotNear) as refusal:
        desk.send(tomorrow, "AMB-01")
    assert refusal.value.data.extra["begins_at"] == (desk.now + timedelta(hours=21)).isoformat()
    assert unit_state(desk) is UnitState.AVAILABLE


def test_it_is_sent_when_its_reservation_begins(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    plan(desk, tomorrow)
    desk.later(hours=21, seconds=-1)
    assert desk.fire() == 0
    desk.later(seconds=1)
    desk.fire()
    [sent] = desk.ask(asked.GetIncident(incident_id=tomorrow)).assignments
    assert (sent.unit_id, sent.state, sent.dispatched_at) == ("AMB-01", "dispatched", desk.now)
    assert (unit_state(desk), planned(desk, tomorrow)) == (UnitState.COMMITTED, [])
    desk.later(minutes=1)
    desk.fire()
    assert [kind for kind, *_ in alerts(desk)] == ["unacknowledged"]


def test_when_it_begins_is_configuration(desk: Desk) -> None:
    desk.fleet("AMB-01")
    clocks = desk.ask(asked.GetConfiguration()).clocks
    desk.ask(asked.SetClocks(**clocks.model_dump(exclude={"version"}) | {"reserve_minutes": 90}))
    assert plan(desk, pickup(desk)).begins_at == desk.now + timedelta(hours=20, minutes=30)


def test_a_pick_up_that_is_near_is_not_planned_but_served(desk: Desk) -> None:
    desk.fleet("AMB-01")
    near = pickup(desk, hours=0.5)
    assert refused(desk, near) == "too_near"
    assert desk.send(near, "AMB-01").state == "dispatched"


def test_an_emergency_is_not_planned(desk: Desk) -> None:
    desk.fleet("AMB-01")
    assert refused(desk, red(desk)) == "no_pickup_time"


def test_sent_at_once_if_the_dispatcher_says_so(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    plan(desk, tomorrow)
    sent = desk.ask(asked.DispatchUnit(incident_id=tomorrow, unit_id="AMB-01", at_once=True))
    assert (sent.state, planned(desk, tomorrow)) == ("dispatched", [])
    desk.later(hours=21)
    desk.report(sent.id, "completed")
    desk.fire()
    assert state(desk, tomorrow) == [("AMB-01", "completed")]


def test_planning_it_again_changes_nothing(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    assert plan(desk, tomorrow) == plan(desk, tomorrow)


def test_two_pick_ups_of_one_unit_lie_a_trip_apart(desk: Desk) -> None:
    desk.fleet("AMB-01")
    first = plan(desk, pickup(desk, 22))
    with pytest.raises(UnitTaken) as refusal:
        plan(desk, pickup(desk, 23))
    assert refusal.value.data.extra["winner"]["plan_id"] == str(first.id)
    assert plan(desk, pickup(desk, 24)).state == "planned"


def test_a_unit_that_is_off_duty_today_may_be_planned(desk: Desk) -> None:
    desk.fleet("AMB-01", state=UnitState.OFF_DUTY)
    assert plan(desk, pickup(desk)).state == "planned"


def test_an_emergency_that_takes_a_planned_unit_is_told_if_nobody_else_is_there(desk: Desk) -> None:
    desk.fleet("AMB-01")
    soon = pickup(desk, hours=2)
    plan(desk, soon)
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert alerts(desk) == [("planned_unit_unavailable", {"obstacle": "committed"}, None)]
    desk.fleet("AMB-02")
    plan(desk, soon, "AMB-02")
    desk.later(seconds=30)
    desk.fire()
    assert (alerts(desk), planned(desk, soon)) == ([], ["AMB-02"])


def test_an_emergency_long_before_disturbs_no_plan(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    plan(desk, tomorrow)
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert (alerts(desk), planned(desk, tomorrow)) == ([], ["AMB-01"])


def test_a_unit_that_comes_back_in_time_goes_to_its_pick_up(desk: Desk) -> None:
    desk.fleet("AMB-01")
    soon = pickup(desk, hours=1.25)
    plan(desk, soon)
    sent = desk.send(red(desk), "AMB-01")
    desk.later(minutes=20)
    desk.fire()
    assert ("planned_unit_unavailable", {"obstacle": "committed"}, None) in alerts(desk)
    assert (state(desk, soon), planned(desk, soon)) == ([], ["AMB-01"])
    for milestone in ("acknowledged", "completed"):
        desk.report(sent.id, milestone)
    desk.later(seconds=30)
    desk.fire()
    assert state(desk, soon) == [("AMB-01", "dispatched")]
    assert not any(kind == "planned_unit_unavailable" for kind, *_ in alerts(desk))


def test_a_unit_that_is_off_duty_when_it_should_go_is_told(desk: Desk) -> None:
    desk.fleet("AMB-01", state=UnitState.OFF_DUTY)
    plan(desk, pickup(desk, hours=1.25))
    desk.later(minutes=15)
    desk.fire()
    assert sorted(alerts(desk)) == [
        ("family_to_tell", {"reason": "no_unit"}, None),
        ("planned_unit_unavailable", {"obstacle": "off_duty"}, None),
    ]
