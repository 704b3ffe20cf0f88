"""Assignments: milestones may skip, repeat and come late; the state never goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.ambulance.events import AssignmentEnded, AssignmentProgressed, UnitDispatched
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import AssignmentState, Milestone
from contracts.problems import InvalidRequest
from services.ambulance.domain.assignment import ACTIVE, ENDED, Assignment

from .builders import NOON, assignment, at, uuid

LATER = at(60)


def _code(refused):
    return [(error.pointer, error.code) for error in refused.value.data.errors]


def test_dispatch_tells_the_travel_time_that_was_seen():
    made, events = Assignment.dispatch(uuid(3), uuid(2), "AMB-01", NOON, 300)
    assert events == [
        UnitDispatched(assignment_id=uuid(3), incident_id=uuid(2), unit_id="AMB-01", expected_seconds=300)
    ]
    assert (made.state, made.version, made.active) == (AssignmentState.DISPATCHED, 1, True)


def test_a_milestone_moves_the_state_and_is_told_with_its_own_time():
    made = assignment()
    events = made.record(Milestone.EN_ROUTE, at(2), at(3))
    assert events == [
        AssignmentProgressed(
            assignment_id=uuid(3),
            incident_id=uuid(2),
            unit_id="AMB-01",
            milestone=Milestone.EN_ROUTE,
            at=at(2),
        )
    ]
    assert (made.state, made.version) == (AssignmentState.EN_ROUTE, 2)


def test_the_same_milestone_again_changes_nothing_even_with_another_time():
    made = assignment()
    made.record(Milestone.ON_SCENE, at(9), at(9))
    assert made.record(Milestone.ON_SCENE, at(12), at(12)) == []
    assert (made.milestones[Milestone.ON_SCENE].at, made.version) == (at(9), 2)


def test_a_skipped_milestone_comes_later_and_fills_the_history():
    made = assignment()
    made.record(Milestone.PATIENT_LOADED, at(20), at(20))
    assert made.reached_scene
    assert len(made.record(Milestone.ON_SCENE, at(9), at(25))) == 1
    assert made.state is AssignmentState.PATIENT_LOADED
    assert [(r.milestone, r.at) for r in made.history] == [
        (Milestone.ON_SCENE, at(9)),
        (Milestone.PATIENT_LOADED, at(20)),
    ]


def test_history_is_taken_after_completion():
    made = assignment()
    made.record(Milestone.COMPLETED, at(50), at(50))
    assert not made.active
    assert made.record(Milestone.HANDED_OVER, at(45), LATER)
    assert (made.state, made.version) == (AssignmentState.COMPLETED, 3)


@pytest.mark.parametrize(
    ("minutes", "code"), [(62.1, "in_the_future"), (-2.1, "before_dispatch"), (20, "out_of_order"), (1, "out_of_order")]
)
def test_an_impossible_time_is_refused_and_named(minutes, code):
    made = assignment()
    made.record(Milestone.EN_ROUTE, at(5), at(5))
    made.record(Milestone.PATIENT_LOADED, at(15), at(15))
    with pytest.raises(InvalidRequest) as refused:
        made.record(Milestone.ON_SCENE, at(minutes), LATER)
    assert _code(refused) == [("/at", code)]
    assert (made.version, Milestone.ON_SCENE in made.milestones) == (3, False)


@pytest.mark.parametrize(("minutes", "kept"), [(61, 60), (-1.5, 0)])
def test_within_the_clock_skew_the_nearest_possible_time_is_kept(minutes, kept):
    made = assignment()
    made.record(Milestone.ACKNOWLEDGED, at(minutes), LATER)
    assert made.milestones[Milestone.ACKNOWLEDGED].at == at(kept)


def test_a_neighbour_less_than_the_skew_away_bounds_the_time():
    made = assignment()
    made.record(Milestone.AT_HOSPITAL, at(30), at(30))
    made.record(Milestone.PATIENT_LOADED, at(31), at(31))
    assert made.milestones[Milestone.PATIENT_LOADED].at == at(30)


@pytest.mark.parametrize("ending", ["decline", "release", "divert"])
def test_an_ending_frees_the_unit_and_is_told_once(ending):
    made = assignment()
    made.record(Milestone.EN_ROUTE, at(2), at(2))
    (event,) = getattr(made, ending)(" ban kempes ", at(3))
    assert isinstance(event, AssignmentEnded)
    assert (event.ending, made.reason) == (str(made.state), "ban kempes")
    assert "ban kempes" not in event.model_dump_json()
    assert (made.active, made.ended_at, made.version) == (False, at(3), 3)
    assert getattr(made, ending)("again", at(4)) == []
    with pytest.raises(WrongState):
        made.record(Milestone.ON_SCENE, at(4), at(4))
    assert made.record(Milestone.EN_ROUTE, at(4), at(4)) == []


@pytest.mark.parametrize("ending", ["decline", "release", "divert"])
def test_an_ending_needs_a_reason(ending):
    with pytest.raises(InvalidRequest) as refused:
        getattr(assignment(), ending)("  ", at(1))
    assert _code(refused) == [("/reason", "missing")]


@pytest.mark.parametrize("milestone", list(Milestone))
def test_a_unit_on_scene_is_not_diverted_and_with_a_patient_not_recalled(milestone):
    on_the_way = milestone in (Milestone.ACKNOWLEDGED, Milestone.EN_ROUTE)
    allowed = {"divert": on_the_way, "decline": on_the_way or milestone is Milestone.ON_SCENE}
    allowed["release"] = allowed["decline"]
    for ending, may in allowed.items():
        made = assignment()
        made.record(milestone, at(5), at(5))
        assert (ending in made.allowed_steps) is may
        if may:
            assert getattr(made, ending)("why", at(6))
            continue
        with pytest.raises(WrongState) as refused:
            getattr(made, ending)("why", at(6))
        assert refused.value.data.extra == {"state": str(milestone), "allowed": list(made.allowed_steps)}


def test_a_unit_less_than_two_minutes_away_is_not_diverted():
    with pytest.raises(WrongState) as refused:
        assignment().divert("lebih gawat", at(1), seconds_away=119)
    assert "divert" not in refused.value.data.extra["allowed"]
    assert assignment().divert("lebih gawat", at(1), seconds_away=120)


def test_the_facility_is_the_one_last_named():
    made = assignment()
    made.record(Milestone.AT_HOSPITAL, at(30), at(30), facility_id="RS-01")
    made.record(Milestone.HANDED_OVER, at(40), at(40))
    assert made.facility_id == "RS-01"


def test_every_state_is_active_ended_or_completed():
    assert ACTIVE.isdisjoint(ENDED)
    assert set(AssignmentState) - ACTIVE - ENDED == {AssignmentState.COMPLETED}


def test_a_worker_whose_clock_is_behind_does_not_break_the_order():
    made = assignment()
    made.record(Milestone.ON_SCENE, at(10), at(10))
    made.record(Milestone.PATIENT_LOADED, at(10) - timedelta(seconds=20), at(10) - timedelta(seconds=20))
    assert made.milestones[Milestone.PATIENT_LOADED].at == at(10)
