"""Several patients and several units: colours on scene, who takes whom, hand-over to another jurisdiction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import IncidentState, Outcome, Triage
from contracts.geography import Point
from contracts.problems import Forbidden, InvalidRequest
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew
from .test_resources import square

ONE, TWO = crew("AMB-01"), crew("AMB-02", subject="crew-2")
HOSPITAL = {"id": "RS-1", "name": "RSUD", "type": "hospital", "location": CENTRE, "emergency_24h": True}


@pytest.fixture
def scene(desk: Desk) -> UUID:
    """Two units with three patients."""
    desk.fleet("AMB-01", "AMB-02")
    desk.ask(asked.ImportFacilities(facilities=(HOSPITAL,)))
    id = desk.incident(patients=3)
    for unit, who in (("AMB-01", ONE), ("AMB-02", TWO)):
        desk.report(desk.send(id, unit).id, "on_scene", who)
    return id


def assignments(desk: Desk, incident_id: UUID) -> dict[str, UUID]:
    return {one.unit_id: one.id for one in desk.ask(asked.GetIncident(incident_id=incident_id)).assignments}


def see(desk: Desk, id: UUID, number: int, colour: str, who: Any = ONE) -> Any:
    return desk.ask(asked.ConfirmTriage(incident_id=id, patient_number=number, triage=colour), who)


def test_the_incident_follows_its_patients_down_only_when_all_were_seen(desk: Desk, scene: UUID) -> None:
    desk.ask(asked.TriageIncident(incident_id=scene, triage="kuning"))
    colours = []
    for number, colour in ((1, "hijau"), (2, "merah"), (2, "hijau"), (3, "hijau")):
        shown = see(desk, scene, number, colour)
        colours.append((shown.triage, shown.triage_provisional))
    assert colours == [
        (Triage.KUNING, True),
        (Triage.MERAH, False),
        (Triage.MERAH, False),
        (Triage.HIJAU, False),
    ]
    assert [patient.triage for patient in shown.patients] == [Triage.HIJAU] * 3
    assert desk.events().count("patient-triaged") == 4 and desk.events().count("incident-triaged") == 3
    with pytest.raises(WrongState):  # the phone does not overrule the crew
        desk.ask(asked.TriageIncident(incident_id=scene, triage="merah"))


def test_a_colour_is_confirmed_by_who_is_there_and_once(desk: Desk, scene: UUID) -> None:
    assert see(desk, scene, 1, "merah") == see(desk, scene, 1, "merah")
    assert desk.events().count("patient-triaged") == 1
    with pytest.raises(Forbidden):
        see(desk, scene, 1, "hijau", crew("AMB-03"))
    unseen = desk.incident()
    desk.fleet("AMB-03")
    desk.send(unseen, "AMB-03")
    with pytest.raises(WrongState):
        see(desk, unseen, 1, "hijau", crew("AMB-03"))


def test_a_patient_found_on_scene_keeps_the_incident_open(desk: Desk, scene: UUID) -> None:
    shown = desk.ask(asked.AddPatient(incident_id=scene, triage="kuning"), TWO)
    assert [(patient.number, patient.triage) for patient in shown.patients][-1] == (4, Triage.KUNING)
    assert desk.ask(asked.GetIncident(incident_id=scene)).patients[3] == shown.patients[3]
    assert desk.events()[-3:] == ["patient-added", "patient-triaged", "incident-triaged"]
    with pytest.raises(Forbidden):
        desk.ask(asked.AddPatient(incident_id=scene), crew("AMB-03"))


def test_a_unit_takes_a_patient_and_nobody_elses(desk: Desk, scene: UUID) -> None:
    ids = assignments(desk, scene)
    take = asked.AssignPatient(assignment_id=ids["AMB-01"], patient_number=1)
    assert desk.ask(take, ONE).patients[0].assignment_id == ids["AMB-01"]
    assert desk.ask(take, ONE) == desk.ask(take, ONE)
    assert desk.events().count("patient-assigned") == 1
    outcome = asked.RecordPatientOutcome(incident_id=scene, patient_number=1, outcome="treated_on_scene")
    for wish in (outcome, take, asked.AssignPatient(assignment_id=ids["AMB-02"], patient_number=1)):
        with pytest.raises(Forbidden):
            desk.ask(wish, TWO)
    moved = desk.ask(asked.AssignPatient(assignment_id=ids["AMB-02"], patient_number=1))  # a dispatcher decides
    assert moved.patients[0].assignment_id == ids["AMB-02"]
    assert desk.ask(outcome, TWO).patients[0].outcome is Outcome.TREATED_ON_SCENE
    with pytest.raises(WrongState):
        desk.ask(take)


def test_who_loses_its_unit_waits_for_another_one(desk: Desk, scene: UUID) -> None:
    ids = assignments(desk, scene)
    for number in (1, 2):
        desk.ask(asked.AssignPatient(assignment_id=ids["AMB-01"], patient_number=number), ONE)
    desk.ask(asked.RecordPatientOutcome(incident_id=scene, patient_number=2, outcome="treated_on_scene"), ONE)
    desk.ask(asked.ReleaseUnit(assignment_id=ids["AMB-01"], reason="kendaraan mogok"))
    shown = desk.ask(asked.GetIncident(incident_id=scene))
    assert [patient.assignment_id for patient in shown.patients] == [None, ids["AMB-01"], None]
    with pytest.raises(WrongState):
        desk.ask(asked.AssignPatient(assignment_id=ids["AMB-01"], patient_number=1))


def test_a_transport_goes_where_its_unit_went(desk: Desk, scene: UUID) -> None:
    id = assignments(desk, scene)["AMB-01"]
    desk.ask(asked.AssignPatient(assignment_id=id, patient_number=1), ONE)
    desk.report(id, "at_hospital", ONE, facility_id="RS-1")
    shown = desk.ask(asked.RecordPatientOutcome(incident_id=scene, patient_number=1, outcome="transported"), ONE)
    assert shown.patients[0].facility_id == "RS-1"


def test_a_patient_handed_over_says_to_whom(desk: Desk, scene: UUID) -> None:
    wish = {"incident_id": scene, "patient_number": 1, "outcome": "handed_over"}
    with pytest.raises(InvalidRequest) as refusal:
        desk.ask(asked.RecordPatientOutcome(**wish), ONE)
    assert refusal.value.data.errors[0].pointer == "/handed_over_to"
    given = desk.ask(asked.RecordPatientOutcome(**wish, handed_over_to="PSC 119 Tangsel, 0812-9000-9000"), ONE)
    assert given.patients[0].handed_over_to.startswith("PSC 119 Tangsel")
    assert "9000-9000" not in given.model_dump_json()
    assert given.patients[0].handed_over_at == desk.now
    assert "PSC" not in str(desk.rows("SELECT patient::text, body FROM patient, outbox"))
    with pytest.raises(InvalidRequest):
        desk.ask(
            asked.RecordPatientOutcome(
                incident_id=scene, patient_number=2, outcome="treated_on_scene", handed_over_to="PSC 119"
            ),
            ONE,
        )


def test_a_call_from_outside_is_flagged_and_handed_over(desk: Desk) -> None:
    desk.ask(asked.ImportAreas(areas=(square("36.71.01.1001", 106.62),)))
    inside, outside = desk.incident(), desk.incident(location=Point(coordinates=(106.70, -6.20)))
    assert [one.id for one in desk.ask(asked.ListIncidents(outside_city=True)).items] == [outside]
    assert desk.ask(asked.GetIncident(incident_id=outside)).hand_over_due
    assert not desk.ask(asked.GetIncident(incident_id=inside)).hand_over_due
    with pytest.raises(InvalidRequest):
        desk.ask(asked.CloseIncident(incident_id=outside, outcome="handed_over"))
    closing = {"incident_id": outside, "outcome": "handed_over", "handed_over_to": "PSC 119 Kab. Tangerang"}
    with pytest.raises(InvalidRequest):
        desk.ask(asked.CloseIncident(**closing, handed_over_at=desk.now.replace(hour=9)))
    closed = desk.ask(asked.CloseIncident(**closing))
    assert (closed.handed_over_to, closed.handed_over_at) == ("PSC 119 Kab. Tangerang", desk.now)
    assert (closed.state, closed.hand_over_due) == (IncidentState.CLOSED, False)
    assert desk.ask(asked.CloseIncident(incident_id=outside, outcome="handed_over")) == closed
