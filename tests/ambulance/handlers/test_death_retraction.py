"""A death that was a mistake: taken back by a supervisor and told to all; and the NIK of the deceased."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import IncidentState, Outcome
from contracts.context import Actor
from contracts.problems import Forbidden, InvalidRequest
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk, crew

FIRST, SECOND = crew("AMB-01", subject="crew-1"), crew("AMB-01", subject="crew-2")
SUPERVISOR = Actor(subject="supervisor-1")
NIK, OTHER_NIK = "3671014502809001", "3671014502809002"


@pytest.fixture
def scene(desk: Desk) -> UUID:
    desk.fleet("AMB-01", "AMB-02")
    desk.ask(asked.ImportFacilities(facilities=({"id": "RS-1", "name": "x", "type": "hospital", "location": CENTRE},)))
    id = desk.incident()
    desk.report(desk.send(id, "AMB-01").id, "on_scene", FIRST)
    return id


def die(desk: Desk, id: UUID, nik: str | None = None, confirmed: str | None = None) -> Any:
    report = {"incident_id": id, "patient_number": 1, "died_at": NOON, "pronounced_by": "doctor", "nik": nik}
    desk.ask(asked.ReportDeath(**report), FIRST)
    return desk.ask(asked.ConfirmDeath(incident_id=id, patient_number=1, nik=confirmed), SECOND)


def end(desk: Desk, id: UUID) -> None:
    for one in desk.ask(asked.GetIncident(incident_id=id)).assignments:
        desk.report(one.id, "completed")


def back(id: UUID, **more: Any) -> asked.RetractDeath:
    return asked.RetractDeath(incident_id=id, patient_number=1, reason="signs_of_life", **more)


def bodies(desk: Desk, type: str) -> list[dict[str, Any]]:
    rows = desk.rows("SELECT body FROM outbox WHERE type = :type ORDER BY seq", type=f"ambulance.{type}.v1")
    return [json.loads(row.body) for row in rows]


def test_it_is_told_once_and_the_patient_waits_for_care(desk: Desk, scene: UUID) -> None:
    die(desk, scene)
    shown = desk.ask(back(scene), SUPERVISOR)
    assert (shown.patients[0].outcome, shown.patients[0].death_reported) == (None, False)
    assert shown.state is IncidentState.ACTIVE  # its unit is still there
    assert desk.ask(back(scene), SUPERVISOR) == shown
    told = {"incident_id": str(scene), "patient_id": str(shown.patients[0].id), "reason": "signs_of_life"}
    retracted = {**told, "retracted_at": "2026-11-23T05:00:00Z", "confirmation": 1}
    assert bodies(desk, "patient-deceased-retracted") == [retracted]
    kept = desk.rows("SELECT confirmed_by, retracted_by, reported_by FROM death_retraction")
    assert [tuple(row) for row in kept] == [("crew-2", "supervisor-1", "crew-1")]


def test_a_second_death_is_told_as_the_second(desk: Desk, scene: UUID) -> None:
    die(desk, scene)
    desk.ask(back(scene), SUPERVISOR)
    die(desk, scene)
    desk.ask(back(scene), SUPERVISOR)
    assert [one["confirmation"] for one in bodies(desk, "patient-deceased")] == [1, 2]
    assert [one["confirmation"] for one in bodies(desk, "patient-deceased-retracted")] == [1, 2]


def test_an_incident_closed_by_it_is_open_again_and_gets_a_unit(desk: Desk, scene: UUID) -> None:
    die(desk, scene)
    end(desk, scene)
    desk.ask(asked.CloseIncident(incident_id=scene, outcome="deceased"))
    shown = desk.ask(back(scene), SUPERVISOR)
    assert (shown.state, shown.outcome, shown.closed_at) == (IncidentState.DISPATCHING, None, None)
    assert desk.events()[-2:] == ["patient-deceased-retracted", "incident-reopened"]
    assert desk.send(scene, "AMB-02").unit_id == "AMB-02"
    desk.ask(asked.RecordPatientOutcome(incident_id=scene, patient_number=1, outcome="treated_on_scene"))
    end(desk, scene)
    assert desk.ask(asked.CloseIncident(incident_id=scene, outcome="treated_on_scene")).outcome == "treated_on_scene"


def test_an_incident_closed_by_something_else_stays_closed(desk: Desk, scene: UUID) -> None:
    desk.ask(asked.AddPatient(incident_id=scene), FIRST)
    die(desk, scene)
    desk.ask(asked.RecordPatientOutcome(incident_id=scene, patient_number=2, outcome="transported"), FIRST)
    end(desk, scene)
    desk.ask(asked.CloseIncident(incident_id=scene, outcome="transported"))
    shown = desk.ask(back(scene, outcome="transported", facility_id="RS-1"), SUPERVISOR)
    assert (shown.state, shown.patients[0].outcome) == (IncidentState.CLOSED, Outcome.TRANSPORTED)
    assert "incident-reopened" not in desk.events()


def test_who_confirmed_it_does_not_take_it_back_and_there_must_be_one(desk: Desk, scene: UUID) -> None:
    with pytest.raises(WrongState):
        desk.ask(back(scene), SUPERVISOR)
    die(desk, scene)
    with pytest.raises(Forbidden):
        desk.ask(back(scene), SECOND)
    with pytest.raises(InvalidRequest):
        desk.ask(back(scene, facility_id="RS-1"), SUPERVISOR)
    with pytest.raises(ValidationError):
        back(scene, outcome="deceased")
    assert bodies(desk, "patient-deceased-retracted") == []


@pytest.mark.parametrize(
    ("reported", "confirmed"), [(NIK, None), (None, NIK), (NIK, NIK), ("3671 0145 0280 9001", NIK)]
)
def test_the_nik_is_kept_encrypted_and_told_as_a_key(
    desk: Desk, scene: UUID, reported: str | None, confirmed: str | None
) -> None:
    shown = die(desk, scene, reported, confirmed)
    assert shown.patients[0].identified
    key = desk.runtime.person_keys.person_key(NIK)
    assert [one["person_key"] for one in bodies(desk, "patient-deceased")] == [key]
    row = desk.rows("SELECT id, nik, person_key FROM patient")[0]
    assert row.person_key == key
    assert desk.runtime.cipher.decrypt(row.nik, field="patient.nik", row=row.id) == NIK
    everything = desk.rows("SELECT patient::text, outbox::text, audit::text FROM patient, outbox, audit")
    assert NIK not in str(everything) and NIK not in shown.model_dump_json()
    desk.ask(back(scene), SUPERVISOR)
    assert tuple(desk.rows("SELECT nik, person_key FROM patient")[0]) == (None, None)


def test_a_wrong_or_another_nik_is_refused_without_repeating_it(desk: Desk, scene: UUID) -> None:
    with pytest.raises(ValidationError) as wrong:
        asked.ConfirmDeath(incident_id=scene, patient_number=1, nik="9971014502809001")
    assert wrong.value.errors()[0]["type"] == "nik_province"
    with pytest.raises(InvalidRequest) as refusal:
        die(desk, scene, NIK, OTHER_NIK)
    assert refusal.value.data.errors[0].pointer == "/nik" and NIK not in str(refusal.value.data)
    assert NIK not in repr(asked.ConfirmDeath(incident_id=scene, patient_number=1, nik=NIK))
    assert bodies(desk, "patient-deceased") == []
