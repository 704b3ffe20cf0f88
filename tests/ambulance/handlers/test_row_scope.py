"""Who sees what, asked of the handlers themselves: the gateway's check is not the only lock."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.base import Request
from contracts.context import Actor
from contracts.problems import Forbidden, NotFound
from tests.support.processes import ROOT

from .desk import Desk, crew

ONE, TWO, NOBODY = crew("AMB-01"), crew("AMB-02", subject="crew-2"), crew()


def citizen(name: str) -> Actor:
    """The super app acting for this person."""
    return Actor(subject=name, client="super-app", roles=("super_app",), rows={"citizen": (name,)})


@pytest.fixture
def sent(desk: Desk) -> Any:
    """Both units at one incident; a second incident is nobody's yet."""
    desk.fleet("AMB-01", "AMB-02")
    id = desk.incident()
    first = desk.send(id, "AMB-01")
    desk.send(id, "AMB-02")
    desk.later(seconds=1)
    desk.incident()
    return first


OPEN_TO_EVERY_CREW = {
    *("get_configuration", "get_travel_speeds", "get_triage_protocol"),
    *("list_areas", "list_boundaries", "list_facilities"),
}
"""About the city, not about anybody."""

OF_ITS_UNIT_ONLY = {
    *("get_choice", "get_incident", "list_incidents", "list_pickups", "get_unit", "list_units"),
    *("list_alerts", "rank_facilities"),
    *("record_milestone", "correct_milestone", "decline_assignment", "assign_patient"),
    *("ask_facility", "accept_patient", "refuse_facility"),
    *("add_patient", "confirm_triage", "record_patient_outcome", "report_death", "confirm_death"),
    *("set_unit_status", "report_positions"),
}
"""Each is tried here, in test_alerts.py, test_choices.py, test_planned_units.py or test_positions.py."""


def test_nothing_else_is_offered_to_a_crew() -> None:
    with (Path(ROOT) / "tests/gateway/security/reviewed_access.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row["operation"].partition(".") for row in csv.DictReader(lines) if row["crew"]]
    offered = {operation for service, _, operation in rows if service == "ambulance"}
    assert offered == OPEN_TO_EVERY_CREW | OF_ITS_UNIT_ONLY


def test_a_crew_reads_what_its_unit_serves(desk: Desk, sent: Any) -> None:
    get = asked.GetIncident(incident_id=sent.incident_id)
    for who, unit in ((ONE, "AMB-01"), (TWO, "AMB-02")):
        assert [one.unit_id for one in desk.ask(get, who).assignments] == [unit]
        (listed,) = desk.ask(asked.ListIncidents(), who).items
        assert listed == desk.ask(get, who)
        assert [one.id for one in desk.ask(asked.ListUnits(), who).items] == [unit]
    assert len(desk.ask(asked.ListIncidents()).items) == len(desk.ask(get).assignments) == 2
    assert len(desk.ask(asked.ListUnits(), crew("AMB-01", "AMB-02")).items) == 2


def test_other_incidents_and_units_are_closed_to_a_crew(desk: Desk, sent: Any) -> None:
    waiting = desk.ask(asked.ListIncidents()).items[0].id
    for wish in (
        asked.GetIncident(incident_id=waiting),
        asked.RankFacilities(incident_id=waiting, patient_number=1),
        asked.GetUnit(unit_id="AMB-02"),
    ):
        with pytest.raises(Forbidden):
            desk.ask(wish, ONE)
    assert desk.ask(asked.ListIncidents(), NOBODY).items == desk.ask(asked.ListUnits(), NOBODY).items == ()


def test_a_unit_that_was_taken_off_sees_the_incident_no_more(desk: Desk, sent: Any) -> None:
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="tidak jadi"))
    with pytest.raises(Forbidden):
        desk.ask(asked.GetIncident(incident_id=sent.incident_id), ONE)
    with pytest.raises(Forbidden):
        desk.ask(asked.AddPatient(incident_id=sent.incident_id), ONE)
    assert desk.ask(asked.ListIncidents(), ONE).items == ()
    assert desk.ask(asked.GetIncident(incident_id=sent.incident_id), TWO).id == sent.incident_id


def test_a_crew_changes_nothing_of_another_unit(desk: Desk, sent: Any) -> None:
    of_trip, of_incident = {"assignment_id": sent.id}, {"incident_id": sent.incident_id, "patient_number": 1}
    told = {"milestone": "en_route", "at": desk.now, "reason": "salah tekan"}
    wishes: list[tuple[Request, Actor]] = [
        (asked.RecordMilestone(milestone="en_route", **of_trip), TWO),
        (asked.CorrectMilestone(**told, **of_trip), TWO),
        (asked.DeclineAssignment(reason="bukan kami", **of_trip), TWO),
        (asked.ReleaseUnit(reason="bukan kami", **of_trip), TWO),
        (asked.AssignPatient(patient_number=1, **of_trip), TWO),
        (asked.AskFacility(facility_id="RS-1", **of_trip), TWO),
        (asked.AcceptPatient(facility_id="RS-1", **of_trip), TWO),
        (asked.RefuseFacility(facility_id="RS-1", reason="no_bed", **of_trip), TWO),
        (asked.SetUnitStatus(unit_id="AMB-01", state="off_duty"), TWO),
        (asked.AddPatient(incident_id=sent.incident_id), NOBODY),
        (asked.ConfirmTriage(triage="merah", **of_incident), NOBODY),
        (asked.RecordPatientOutcome(outcome="transported", **of_incident), NOBODY),
        (asked.ReportDeath(died_at=desk.now, pronounced_by="doctor", **of_incident), NOBODY),
        (asked.ConfirmDeath(**of_incident), NOBODY),
        (asked.RetractDeath(reason="entry_error", **of_incident), NOBODY),
    ]
    before = desk.rows("SELECT count(*) FROM audit")
    for wish, who in wishes:
        with pytest.raises(Forbidden):
            desk.ask(wish, who)
    assert desk.rows("SELECT count(*) FROM audit") == before


def test_a_citizen_reads_contacts_of_their_own_only(desk: Desk) -> None:
    mine = desk.ask(asked.RecordContact(channel="app"), citizen("c-1")).id
    desk.ask(asked.OpenIncident(channel="app"), citizen("c-2"))
    desk.ask(asked.RecordContact())
    assert [one.id for one in desk.ask(asked.ListContacts(), citizen("c-1")).items] == [mine]
    assert desk.ask(asked.GetContact(contact_id=mine), citizen("c-1")).id == mine
    for one in desk.ask(asked.ListContacts()).items:
        if one.id != mine:
            with pytest.raises(NotFound):
                desk.ask(asked.GetContact(contact_id=one.id), citizen("c-1"))
    assert desk.ask(asked.ListContacts(), Actor(subject="app", rows={"citizen": ()})).items == ()
    assert len(desk.ask(asked.ListContacts()).items) == 3
