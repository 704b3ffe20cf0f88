"""What the method would do now: beside a recommendation, and for the whole board."""

from __future__ import annotations

from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import UnitState
from contracts.geography import Point
from services.ambulance import store
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew
from .test_resources import square


def east(kilometres: float) -> Point:
    return Point(coordinates=(CENTRE.longitude + kilometres / 110.55, CENTRE.latitude))


def drive(desk: Desk, unit: str, kilometres: float) -> None:
    """The unit reports where it is."""
    desk.later(minutes=3)  # nobody jumps
    fix = {"unit_id": unit, "location": east(kilometres), "at": desk.now}
    assert desk.ask(asked.ReportPositions(positions=(fix,)), crew(unit)).accepted == 1


def call(desk: Desk, kilometres: float, triage: str = "merah") -> UUID:
    id = desk.incident(location=east(kilometres))
    desk.ask(asked.TriageIncident(incident_id=id, triage=triage))
    return id


def test_the_closest_seconds_stand_beside_and_the_coverage_is_told(desk: Desk) -> None:
    squares = (square("36.71.01.1001", 106.62), square("36.71.01.1002", 106.68))
    desk.ask(asked.ImportAreas(areas=squares))
    desk.fleet("A", "B")
    desk.fleet("ALONE", base=Point(coordinates=(106.74, -6.17)))
    ranking = desk.ask(asked.RecommendUnits(incident_id=call(desk, 0)))
    costs = {one.unit_id: one.coverage_cost for one in ranking.candidates}
    assert ranking.closest_seconds == ranking.recommended_seconds == ranking.candidates[0].expected_seconds
    assert costs["A"] == costs["B"]
    assert 0 < costs["A"] < 1
    shown = desk.ask(asked.ListProposals())
    assert 0 < shown.coverage < 1


def test_without_a_map_no_coverage_is_made_up(desk: Desk) -> None:
    desk.fleet("A")
    assert desk.ask(asked.RecommendUnits(incident_id=call(desk, 0))).candidates[0].coverage_cost is None
    shown = desk.ask(asked.ListProposals())
    assert (shown.coverage, shown.relocations) == (None, ())


def swap_scene(desk: Desk, triage: str = "merah") -> tuple[UUID, UUID, UUID]:
    """NEAR drives to a call on which IDLE could come as well, and passes the new call."""
    desk.fleet("NEAR", base=east(0))
    desk.fleet("IDLE", base=east(10))
    going_to = call(desk, 6, triage)
    sent = desk.send(going_to, "NEAR")
    drive(desk, "NEAR", 0.2)
    return going_to, sent.id, call(desk, -1)


def test_a_swap_is_proposed_that_serves_both_patients_better(desk: Desk) -> None:
    going_to, assignment_id, new = swap_scene(desk)
    ranking = desk.ask(asked.RecommendUnits(incident_id=new))
    assert ranking.recommended == "IDLE"
    swap = ranking.reassignment
    assert (swap.reason, swap.unit_id, swap.assignment_id) == ("swap", "NEAR", assignment_id)
    assert (swap.loser_incident_id, swap.replacement_unit_id) == (going_to, "IDLE")
    assert swap.closest_unit_id == "IDLE"
    assert swap.expected_seconds < swap.closest_seconds
    assert swap.delay_seconds <= 360
    assert swap in desk.ask(asked.ListProposals()).reassignments


def test_a_proposed_swap_can_be_carried_out_and_is_not_proposed_twice(desk: Desk) -> None:
    going_to, assignment_id, new = swap_scene(desk)
    desk.ask(asked.DivertUnit(assignment_id=assignment_id, incident_id=new, reason="lebih dekat"))
    desk.send(going_to, "IDLE")
    third = call(desk, 7)
    desk.fleet("THIRD", base=east(25))
    drive(desk, "IDLE", 9)
    assert desk.ask(asked.RecommendUnits(incident_id=third)).reassignment is None, "a call loses its unit at most once"


def test_nothing_is_taken_from_a_call_of_higher_priority(desk: Desk) -> None:
    swap_scene(desk)
    green = call(desk, -1, "hijau")
    assert desk.ask(asked.RecommendUnits(incident_id=green)).reassignment is None


def test_with_nothing_idle_only_a_lower_priority_gives_way(desk: Desk) -> None:
    desk.fleet("ONLY", base=east(0))
    green = call(desk, 8, "hijau")
    sent = desk.send(green, "ONLY")
    drive(desk, "ONLY", 0.2)
    red = desk.ask(asked.RecommendUnits(incident_id=call(desk, -1))).reassignment
    assert (red.reason, red.unit_id, red.assignment_id, red.closest_unit_id) == ("preemption", "ONLY", sent.id, None)
    assert desk.ask(asked.RecommendUnits(incident_id=call(desk, -1, "hijau"))).reassignment is None


def test_a_unit_that_became_free_close_by_is_proposed_to_take_over(desk: Desk) -> None:
    desk.fleet("FAR", base=east(9))
    patient = call(desk, 0)
    sent = desk.send(patient, "FAR")
    drive(desk, "FAR", 8.8)
    desk.fleet("FREED", base=east(0.5))
    (proposed,) = desk.ask(asked.ListProposals()).reassignments
    assert (proposed.reason, proposed.unit_id, proposed.assignment_id) == ("freed_closer", "FREED", sent.id)
    assert proposed.delay_seconds < 0


def test_a_patient_whose_unit_was_diverted_may_be_helped_sooner_by_another(desk: Desk) -> None:
    going_to, assignment_id, new = swap_scene(desk)
    desk.ask(asked.DivertUnit(assignment_id=assignment_id, incident_id=new, reason="lebih dekat"))
    sent = desk.send(going_to, "IDLE")
    drive(desk, "IDLE", 9.8)
    desk.fleet("FREED", base=east(6))
    found = [one for one in desk.ask(asked.ListProposals()).reassignments if one.incident_id == going_to]
    assert [(one.reason, one.unit_id, one.assignment_id) for one in found] == [("freed_closer", "FREED", sent.id)]


def test_a_crew_that_has_not_left_yet_is_given_its_turnout(desk: Desk) -> None:
    _, assignment_id, new = swap_scene(desk)
    turning_out = desk.ask(asked.RecommendUnits(incident_id=new)).reassignment
    desk.ask(asked.RecordMilestone(assignment_id=assignment_id, milestone="en_route", at=desk.now), crew("NEAR"))
    rolling = desk.ask(asked.RecommendUnits(incident_id=new)).reassignment
    assert turning_out.expected_seconds - rolling.expected_seconds == 60


def test_several_waiting_calls_get_their_units_together(desk: Desk) -> None:
    desk.fleet("A", base=east(0))
    desk.fleet("B", base=east(6))
    first, second = call(desk, 1), call(desk, 5)
    proposed = desk.ask(asked.ListProposals()).dispatches
    assert {(one.incident_id, one.unit_id) for one in proposed} == {(first, "A"), (second, "B")}
    assert all(one.closest_seconds == one.expected_seconds and one.reason == "closest" for one in proposed)


def test_a_unit_is_proposed_to_move_to_where_nobody_waits(desk: Desk) -> None:
    squares = (square("36.71.01.1001", 106.55), square("36.71.01.1002", 106.64))
    desk.ask(asked.ImportAreas(areas=squares))
    west, east_end = Point(coordinates=(106.57, -6.18)), Point(coordinates=(106.61, -6.18))
    desk.fleet("W1", "W2", "W3", base=west)
    desk.fleet("E1", base=east_end)
    desk.send(call(desk, 0), "E1")
    (move,) = desk.ask(asked.ListProposals()).relocations
    assert (move.from_base, move.base) == (west, east_end)
    assert move.unit_id in {"W1", "W2", "W3"}
    assert move.coverage_gain > 0.02


def test_with_nobody_idle_the_coverage_is_nothing_and_nothing_is_proposed(desk: Desk) -> None:
    desk.ask(asked.ImportAreas(areas=(square("36.71.01.1001", 106.62),)))
    desk.fleet("OFF", state=UnitState.OFF_DUTY)
    shown = desk.ask(asked.ListProposals())
    assert (shown.coverage, shown.dispatches, shown.reassignments, shown.relocations) == (0.0, (), (), ())
    call(desk, 0)
    assert desk.ask(asked.ListProposals()).dispatches == ()


@pytest.fixture(autouse=True)
def _fresh_map():
    store.area.MAP.forget()
    yield
    store.area.MAP.forget()
