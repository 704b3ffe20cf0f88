"""Milestones in any order and number, declining, outcomes, and that a crew touches only what is its own."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import AssignmentState, IncidentState, Milestone, Outcome, UnitState
from contracts.base import Request
from contracts.problems import Forbidden, InvalidRequest, NotFound
from tests.ambulance.domain.builders import CENTRE, NOON, at, uuid

from .clocks import timers
from .desk import Desk, crew

OURS, THEIRS = crew("AMB-01"), crew("AMB-02", subject="crew-2")
TRIP = {"acknowledged": 1.0, "en_route": 2.0, "on_scene": 9.0}


@pytest.fixture
def sent(desk: Desk) -> Any:
    """AMB-01 on its way to an incident."""
    desk.fleet("AMB-01", "AMB-02")
    return desk.send(desk.incident(), "AMB-01")


def test_a_whole_trip_frees_the_unit(desk: Desk, sent: Any) -> None:
    for milestone in Milestone:
        desk.later(minutes=1)
        shown = desk.report(sent.id, milestone, OURS, location=CENTRE)
    assert shown.state is AssignmentState.COMPLETED
    assert [one.milestone for one in shown.milestones] == list(Milestone)
    assert desk.ask(asked.GetIncident(incident_id=sent.incident_id)).state is IncidentState.ACTIVE
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).state is UnitState.AVAILABLE
    assert {row.recorded_by for row in desk.rows("SELECT recorded_by FROM milestone")} == {"crew-1"}


def test_the_same_milestone_again_changes_nothing(desk: Desk, sent: Any) -> None:
    first = desk.report(sent.id, "en_route", OURS)
    before = desk.rows("SELECT count(*) FROM audit"), desk.events()
    desk.later(minutes=3)
    assert desk.report(sent.id, "en_route", OURS) == first
    assert (desk.rows("SELECT count(*) FROM audit"), desk.events()) == before


@pytest.mark.parametrize("order", list(permutations(TRIP)))
def test_every_order_with_duplicates_ends_the_same(desk: Desk, sent: Any, order: tuple[str, ...]) -> None:
    desk.now = at(10)
    for milestone in (*order, *order):
        shown = desk.report(sent.id, milestone, OURS, at=at(TRIP[milestone]))
    assert shown.state is AssignmentState.ON_SCENE
    assert {one.milestone: one.at for one in shown.milestones} == {name: at(TRIP[name]) for name in TRIP}
    assert desk.events().count("assignment-progressed") == len(TRIP)
    assert desk.ask(asked.GetIncident(incident_id=sent.incident_id)).state is IncidentState.ACTIVE


def test_an_impossible_milestone_is_refused(desk: Desk, sent: Any) -> None:
    with pytest.raises(InvalidRequest):
        desk.report(sent.id, "en_route", OURS, at=at(60))
    with pytest.raises(InvalidRequest):
        desk.report(sent.id, "at_hospital", OURS, facility_id="RS-9")
    with pytest.raises(NotFound):
        desk.report(uuid(9), "en_route", OURS)


def test_a_declined_unit_is_free_and_the_incident_waits(desk: Desk, sent: Any) -> None:
    wish = asked.DeclineAssignment(assignment_id=sent.id, reason="ban pecah")
    assert desk.ask(wish, OURS).state is AssignmentState.DECLINED
    assert desk.ask(wish, OURS).version == sent.version + 1
    with pytest.raises(WrongState):
        desk.report(sent.id, "en_route", OURS)
    assert desk.ask(asked.GetIncident(incident_id=sent.incident_id)).state is IncidentState.DISPATCHING
    assert desk.send(sent.incident_id, "AMB-02").state is AssignmentState.DISPATCHED


def test_an_outcome_is_recorded_for_one_patient(desk: Desk, sent: Any) -> None:
    facility = {"id": "RS-1", "name": "RSUD", "type": "hospital", "location": CENTRE}
    desk.ask(asked.ImportFacilities(facilities=(facility,)))
    wish = {"incident_id": sent.incident_id, "patient_number": 1, "facility_id": "RS-1"}
    shown = desk.ask(asked.RecordPatientOutcome(outcome=Outcome.TRANSPORTED, **wish), OURS)
    assert (shown.patients[0].outcome, shown.patients[0].facility_id) == (Outcome.TRANSPORTED, "RS-1")
    with pytest.raises(InvalidRequest):
        desk.ask(asked.RecordPatientOutcome(outcome=Outcome.DECEASED, **wish), OURS)
    with pytest.raises(InvalidRequest):
        desk.ask(asked.RecordPatientOutcome(outcome=Outcome.TRANSPORTED, **{**wish, "facility_id": "RS-9"}), OURS)
    with pytest.raises(NotFound):
        desk.ask(asked.RecordPatientOutcome(outcome=Outcome.TRANSPORTED, **{**wish, "patient_number": 2}), OURS)


def test_a_crew_touches_only_its_own_unit(desk: Desk, sent: Any) -> None:
    of_incident = {"incident_id": sent.incident_id, "patient_number": 1}
    wishes: list[Request] = [
        asked.RecordMilestone(assignment_id=sent.id, milestone="en_route"),
        asked.DeclineAssignment(assignment_id=sent.id, reason="bukan kami"),
        asked.SetUnitStatus(unit_id="AMB-01", state="off_duty"),
        asked.RecordPatientOutcome(outcome="transported", **of_incident),
        asked.ReportDeath(died_at=NOON, pronounced_by="doctor", **of_incident),
        asked.ConfirmDeath(**of_incident),
    ]
    before = desk.rows("SELECT count(*) FROM audit")
    for wish in wishes:
        with pytest.raises(Forbidden):
            desk.ask(wish, THEIRS)
    assert desk.rows("SELECT count(*) FROM audit") == before
    assert desk.report(sent.id, "en_route", OURS).state is AssignmentState.EN_ROUTE


def test_a_crew_without_signal_sends_its_trip_later_in_order(desk: Desk, sent: Any) -> None:
    desk.now = at(60)
    for minutes, milestone in enumerate(Milestone, start=1):
        shown = desk.report(sent.id, milestone, OURS, at=at(minutes))
    assert [(one.at, one.recorded_at) for one in shown.milestones] == [(at(n), at(60)) for n in range(1, 8)]
    assert shown.state is AssignmentState.COMPLETED


def test_a_milestone_that_was_missing_comes_after_the_incident_was_closed(desk: Desk, sent: Any) -> None:
    desk.now = at(20)
    desk.report(sent.id, "on_scene", OURS, at=at(9))
    desk.report(sent.id, "completed", OURS, at=at(19))
    outcome = {"incident_id": sent.incident_id, "outcome": Outcome.TREATED_ON_SCENE}
    desk.ask(asked.RecordPatientOutcome(patient_number=1, **outcome), OURS)
    closed = desk.ask(asked.CloseIncident(**outcome))
    shown = desk.report(sent.id, "en_route", OURS, at=at(2))
    assert [one.milestone for one in shown.milestones] == ["en_route", "on_scene", "completed"]
    after = desk.ask(asked.GetIncident(incident_id=sent.incident_id))
    assert (after.state, after.version) == (IncidentState.CLOSED, closed.version)
    assert shown.state is AssignmentState.COMPLETED
    assert timers(desk) == set()
