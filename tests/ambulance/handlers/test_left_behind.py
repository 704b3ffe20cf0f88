"""A unit that takes one of two patients has not served the other; without a unit there is a clock or an alert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import IncidentState, Outcome
from contracts.context import Actor

from .desk import Desk, crew

TRIP = ("on_scene", "patient_loaded", "at_hospital", "handed_over", "completed")
SUPERVISOR = Actor(subject="supervisor-1")


def trip(desk: Desk, assignment_id: UUID, steps: tuple[str, ...] = TRIP) -> None:
    for step in steps:
        desk.report(assignment_id, step)


def shown(desk: Desk, id: UUID) -> Any:
    return desk.ask(asked.GetIncident(incident_id=id))


def open_alerts(desk: Desk) -> list[str]:
    return sorted(one.kind for one in desk.ask(asked.ListAlerts(state="open")).items)


def outcome(desk: Desk, id: UUID, number: int, what: Outcome = Outcome.TREATED_ON_SCENE) -> Any:
    return desk.ask(asked.RecordPatientOutcome(incident_id=id, patient_number=number, outcome=what))


@pytest.fixture
def two(desk: Desk) -> UUID:
    """Two patients, red, and one ambulance that took one of them and has finished."""
    desk.fleet("AMB-01")
    id = desk.incident(patients=2)
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    trip(desk, desk.send(id, "AMB-01").id)
    return id


def test_the_second_patient_is_waited_for_proposed_and_told_at_once(desk: Desk, two: UUID) -> None:
    assert shown(desk, two).state is IncidentState.DISPATCHING
    (alert,) = desk.ask(asked.ListAlerts(state="open")).items
    assert (alert.kind, alert.detail, alert.proposed_unit_id) == ("patient_waiting", {"patients": 1}, "AMB-01")
    assert [one.unit_id for one in desk.ask(asked.ListProposals()).dispatches] == ["AMB-01"]
    desk.later(minutes=16)
    desk.fire()
    assert open_alerts(desk) == ["over_target", "patient_waiting"]


def test_the_next_unit_ends_the_alert_and_the_incident_can_be_closed(desk: Desk, two: UUID) -> None:
    again = desk.send(two, "AMB-01")
    assert open_alerts(desk) == []
    trip(desk, again.id)
    assert shown(desk, two).state is IncidentState.ACTIVE and open_alerts(desk) == []
    for number in (1, 2):
        outcome(desk, two, number)
    desk.ask(asked.CloseIncident(incident_id=two, outcome=Outcome.TREATED_ON_SCENE))
    assert desk.rows("SELECT kind FROM timer WHERE subject = :id", id=str(two)) == []


def test_in_mode_auto_a_unit_goes_for_the_second_patient_also_the_same_again(desk: Desk) -> None:
    desk.fleet("AMB-01")
    desk.ask(asked.SetSiagaMode(mode="auto"))
    id = desk.incident(patients=2)
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    desk.fire()
    trip(desk, shown(desk, id).assignments[0].id)
    desk.fire()
    assert [(one.unit_id, str(one.state)) for one in shown(desk, id).assignments] == [
        ("AMB-01", "completed"),
        ("AMB-01", "dispatched"),
    ]


def test_outcomes_for_all_say_that_nobody_waited(desk: Desk, two: UUID) -> None:
    """Both rode in one ambulance, and the crew wrote it down afterwards."""
    outcome(desk, two, 1)
    assert shown(desk, two).state is IncidentState.DISPATCHING
    outcome(desk, two, 2)
    assert shown(desk, two).state is IncidentState.ACTIVE and open_alerts(desk) == []


@pytest.mark.parametrize("named", [(1, 2), (1,)])
def test_a_crew_that_says_whom_it_takes_is_believed(desk: Desk, named: tuple[int, ...]) -> None:
    desk.fleet("AMB-01")
    id = desk.incident(patients=2)
    going = desk.send(id, "AMB-01").id
    desk.report(going, "on_scene")
    for number in named:
        desk.ask(asked.AssignPatient(assignment_id=going, patient_number=number))
    trip(desk, going, TRIP[1:])
    assert (shown(desk, id).state is IncidentState.DISPATCHING) == (named == (1,))


def test_while_another_unit_is_there_nobody_is_left_behind(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    id = desk.incident(patients=3)
    first, second = (desk.send(id, unit).id for unit in ("AMB-01", "AMB-02"))
    desk.report(second, "on_scene")
    trip(desk, first)
    assert shown(desk, id).state is IncidentState.ACTIVE and open_alerts(desk) == []
    trip(desk, second, TRIP[1:])
    assert shown(desk, id).state is IncidentState.DISPATCHING and open_alerts(desk) == ["patient_waiting"]


def test_a_patient_found_after_the_unit_has_left_waits(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    trip(desk, desk.send(id, "AMB-01").id)
    assert shown(desk, id).state is IncidentState.ACTIVE
    desk.ask(asked.AddPatient(incident_id=id), crew("AMB-01"))
    assert shown(desk, id).state is IncidentState.DISPATCHING and open_alerts(desk) == ["patient_waiting"]


def test_a_late_milestone_of_the_unit_that_left_does_not_hide_who_waits(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident(patients=2)
    going = desk.send(id, "AMB-01").id
    desk.later(minutes=30)
    desk.report(going, "completed")
    assert shown(desk, id).state is IncidentState.DISPATCHING
    desk.report(going, "on_scene", at=desk.now)
    assert shown(desk, id).state is IncidentState.DISPATCHING


def test_who_is_alive_after_all_needs_a_unit(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    going = desk.send(id, "AMB-01").id
    desk.report(going, "on_scene")
    death = {"incident_id": id, "patient_number": 1}
    desk.ask(asked.ReportDeath(**death, died_at=desk.now, pronounced_by="doctor"), crew("AMB-01"))
    desk.ask(asked.ConfirmDeath(**death), crew("AMB-01", subject="crew-2"))
    desk.report(going, "completed")
    desk.ask(asked.RetractDeath(**death, reason="signs_of_life"), SUPERVISOR)
    assert shown(desk, id).state is IncidentState.DISPATCHING and open_alerts(desk) == ["patient_waiting"]


def test_an_incident_that_nobody_closes_is_told(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    trip(desk, desk.send(id, "AMB-01").id)
    desk.later(minutes=29)
    desk.fire()
    assert open_alerts(desk) == []
    desk.later(minutes=2)
    desk.fire()
    (alert,) = desk.ask(asked.ListAlerts(state="open")).items
    assert (alert.kind, alert.detail) == ("not_closed", {"patients_without_outcome": 1})
    outcome(desk, id, 1)
    desk.ask(asked.CloseIncident(incident_id=id, outcome=Outcome.TREATED_ON_SCENE))
    assert open_alerts(desk) == []
