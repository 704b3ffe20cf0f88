"""A unit planned for tomorrow's pick-up is free until shortly before it, then sent by itself; who takes it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import PickupNotNear, UnitTaken
from contracts.ambulance.values import AssignmentState, IncidentClass, UnitState
from contracts.context import Actor
from contracts.problems import Forbidden, InvalidRequest

from .desk import OPERATOR, Desk, crew

REGULAR = {"incident_class": IncidentClass.REGULAR, "kind": "transport"}


def pickup(desk: Desk, hours: float = 22) -> UUID:
    return desk.incident(**REGULAR, pickup_at=desk.now + timedelta(hours=hours))


def red(desk: Desk) -> UUID:
    id = desk.incident()
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    return id


def unit_state(desk: Desk, id: str = "AMB-01") -> UnitState:
    [state] = [one.state for one in desk.ask(asked.ListUnits()).items if one.id == id]
    return state


def offered(desk: Desk, incident_id: UUID) -> list[str]:
    ranking = desk.ask(asked.RecommendUnits(incident_id=incident_id))
    return [one.unit_id for one in ranking.candidates if one.offered]


def alerts(desk: Desk) -> list[tuple[str, Any, str | None]]:
    open_ones = desk.ask(asked.ListAlerts(state="open")).items
    return [(one.kind, one.detail, one.proposed_unit_id) for one in open_ones]


def plan(desk: Desk, incident_id: UUID, unit_id: str = "AMB-01") -> Any:
    return desk.ask(asked.PlanUnit(incident_id=incident_id, unit_id=unit_id))


def refused(desk: Desk, incident_id: UUID) -> str:
    with pytest.raises(InvalidRequest) as refusal:
        plan(desk, incident_id)
    [wrong] = refusal.value.data.errors
    return wrong.code


def planned(desk: Desk, incident_id: UUID, actor: Actor = OPERATOR) -> list[str]:
    return [one.unit_id for one in desk.ask(asked.GetIncident(incident_id=incident_id), actor).plans]


def state(desk: Desk, incident_id: UUID) -> list[tuple[str, AssignmentState]]:
    return [(one.unit_id, one.state) for one in desk.ask(asked.GetIncident(incident_id=incident_id)).assignments]


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


def test_an_emergency_that_takes_a_planned_unit_is_told_with_another_unit(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    soon = pickup(desk, hours=2)
    plan(desk, soon)
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert alerts(desk) == [("planned_unit_unavailable", {"obstacle": "committed"}, "AMB-02")]
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
    assert alerts(desk) == [("planned_unit_unavailable", {"obstacle": "off_duty"}, None)]


def test_a_plan_that_is_cancelled_leaves_the_request_to_be_watched(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    made = plan(desk, tomorrow)
    cancelled = asked.CancelPlan(plan_id=made.id, reason="unit ke bengkel")
    assert desk.ask(cancelled).state == desk.ask(cancelled).state == "ended"
    desk.later(hours=21)
    desk.fire()
    assert [kind for kind, *_ in alerts(desk)] == ["regular_unassigned"]


def test_closing_the_request_frees_who_was_planned(desk: Desk) -> None:
    desk.fleet("AMB-01")
    tomorrow = pickup(desk)
    plan(desk, tomorrow)
    desk.ask(asked.CloseIncident(incident_id=tomorrow, outcome="cancelled", reason="keluarga membatalkan"))
    assert planned(desk, tomorrow) == []
    desk.later(hours=22)
    assert (desk.fire(), unit_state(desk)) == (0, UnitState.AVAILABLE)


def test_a_crew_sees_the_pick_ups_that_its_own_unit_is_planned_for(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    own, others = pickup(desk, 10), pickup(desk, 11)
    plan(desk, own)
    plan(desk, others, "AMB-02")
    [listed] = desk.ask(asked.ListPickups(), crew("AMB-01")).items
    assert (listed.id, planned(desk, own, crew("AMB-01"))) == (own, ["AMB-01"])
    with pytest.raises(Forbidden):
        planned(desk, others, crew("AMB-01"))


def test_a_patient_who_was_fetched_by_another_unit_is_not_fetched_twice(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    tomorrow = pickup(desk)
    plan(desk, tomorrow)
    sent = desk.ask(asked.DispatchUnit(incident_id=tomorrow, unit_id="AMB-02", at_once=True))
    desk.report(sent.id, "on_scene")
    desk.later(hours=21)
    desk.fire()
    assert (state(desk, tomorrow), planned(desk, tomorrow)) == ([("AMB-02", "on_scene")], [])


def test_of_two_units_planned_the_one_that_is_taken_is_told_first(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    soon = pickup(desk, hours=2)
    plan(desk, soon)
    plan(desk, soon, "AMB-02")
    desk.send(red(desk), "AMB-01")
    desk.fire()
    assert [kind for kind, *_ in alerts(desk)] == ["planned_unit_unavailable"]
    assert planned(desk, soon) == ["AMB-01", "AMB-02"]


def test_a_unit_on_its_way_is_not_diverted_to_a_far_pick_up(desk: Desk) -> None:
    desk.fleet("AMB-01")
    going = desk.send(red(desk), "AMB-01")
    with pytest.raises(PickupNotNear):
        desk.ask(asked.DivertUnit(assignment_id=going.id, incident_id=pickup(desk), reason="salah pilih"))
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).assignment_id == going.id
