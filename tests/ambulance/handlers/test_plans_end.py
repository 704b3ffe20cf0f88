"""How a plan ends: cancelled, served by another unit, or taken by an emergency; and who sees it."""

from __future__ import annotations

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import PickupNotNear
from contracts.ambulance.values import UnitState
from contracts.problems import Forbidden

from .desk import Desk, crew
from .plans import alerts, pickup, plan, planned, red, state, unit_state


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
