"""Five patients, three units, one hospital that refuses: each patient has an end before the incident has one."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import IncidentState, Outcome, UnitState
from contracts.base import Request

from .desk import Desk, crew
from .test_hospitals import hospital

UNITS = ("AMB-01", "AMB-02", "AMB-03")
CREWS = {unit: crew(unit, subject=f"crew-{unit}") for unit in UNITS}
NIK = "3671014502809001"


class Accident:
    """A bus has turned over; the first crew finds one patient more than was told."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.fleet(*UNITS)
        near, far = hospital("RS-1", 0.005, "trauma"), hospital("RS-2", 0.01, "trauma")
        desk.ask(asked.ImportFacilities(facilities=(near, far)))
        self.id = desk.incident(kind="mass_casualty", patients=4)
        self.trips: dict[str, UUID] = {}
        for unit in UNITS:
            self.trips[unit] = desk.send(self.id, unit).id
            desk.later(minutes=3)
            self.report(unit, "on_scene")

    def ask(self, unit: str, request: type[Request], **more: Any) -> Any:
        fields = request.model_fields
        named = {"incident_id": self.id} if "incident_id" in fields else {"assignment_id": self.trips[unit]}
        return self.desk.ask(request(**named, **more), CREWS[unit])

    def report(self, unit: str, milestone: str, **more: Any) -> Any:
        self.desk.later(minutes=1)
        return self.desk.report(self.trips[unit], milestone, CREWS[unit], **more)

    def close(self, outcome: str) -> Any:
        return self.desk.ask(asked.CloseIncident(incident_id=self.id, outcome=outcome))

    def refused_closing(self, outcome: str) -> dict[str, Any]:
        with pytest.raises(WrongState) as refusal:
            self.close(outcome)
        return refusal.value.data.extra


def test_each_patient_has_an_end_before_the_incident_has_one(desk: Desk) -> None:
    scene = Accident(desk)
    scene.ask("AMB-01", asked.AddPatient)
    for number, colour in enumerate(("merah", "kuning", "hijau", "hitam", "hijau"), start=1):
        shown = scene.ask("AMB-01", asked.ConfirmTriage, patient_number=number, triage=colour)
    assert (shown.triage, shown.triage_provisional) == ("merah", False)
    assert "patient-deceased" not in desk.events()  # black is a colour, not a death

    bring_the_red_one_where_they_are_taken(scene)
    scene.ask("AMB-02", asked.AssignPatient, patient_number=2)
    scene.report("AMB-02", "patient_loaded")
    scene.report("AMB-02", "handed_over", facility_id="RS-2")
    scene.ask("AMB-02", asked.RecordPatientOutcome, patient_number=2, outcome="transported")
    scene.ask("AMB-03", asked.RecordPatientOutcome, patient_number=3, outcome="treated_on_scene")
    assert scene.refused_closing("transported")["active_assignments"] == 3

    died = {"patient_number": 4, "died_at": desk.now, "pronounced_by": "nurse", "nik": NIK}
    scene.ask("AMB-03", asked.ReportDeath, **died)
    for unit in UNITS:
        scene.report(unit, "completed")
    assert scene.refused_closing("transported")["patients_without_outcome"] == [4, 5]
    scene.ask("AMB-01", asked.ConfirmDeath, patient_number=4)
    assert scene.refused_closing("transported")["patients_without_outcome"] == [5]
    over = {"patient_number": 5, "outcome": "handed_over", "handed_over_to": "PSC 119 Kab. Tangerang"}
    scene.ask("AMB-03", asked.RecordPatientOutcome, **over)
    assert scene.refused_closing("handed_over")["possible_outcomes"] == ["transported"]

    closed = scene.close("transported")
    assert closed.state is IncidentState.CLOSED and closed == desk.ask(asked.GetIncident(incident_id=scene.id))
    assert [(one.outcome, one.facility_id) for one in closed.patients] == [
        (Outcome.TRANSPORTED, "RS-2"),
        (Outcome.TRANSPORTED, "RS-2"),
        (Outcome.TREATED_ON_SCENE, None),
        (Outcome.DECEASED, None),
        (Outcome.HANDED_OVER, None),
    ]
    assert_told_once(desk, scene, closed)


def bring_the_red_one_where_they_are_taken(scene: Accident) -> None:
    """The nearest hospital refuses, the next one takes the patient."""
    scene.ask("AMB-01", asked.AssignPatient, patient_number=1)
    scene.report("AMB-01", "patient_loaded", facility_id="RS-1")
    scene.report("AMB-01", "at_hospital")
    assert scene.ask("AMB-01", asked.RefuseFacility, facility_id="RS-1", reason="no_bed").facility_id == "RS-2"
    scene.report("AMB-01", "handed_over")
    shown = scene.ask("AMB-01", asked.RecordPatientOutcome, patient_number=1, outcome="transported")
    assert shown.patients[0].facility_id == "RS-2"


def assert_told_once(desk: Desk, scene: Accident, closed: Any) -> None:
    """Every fact once, nobody named, every unit free, each version told once."""
    told = Counter(desk.events())
    once = {"incident-opened": 1, "patient-added": 1, "facility-refused": 1, "patient-deceased": 1}
    assert {name: told[name] for name in once} == once
    assert (told["patient-triaged"], told["patient-assigned"], told["incident-closed"]) == (5, 2, 1)
    bodies = [row.body for row in desk.rows("SELECT body FROM outbox")]
    assert not [body for body in bodies if NIK in body or "PSC" in body]
    (death,) = (json.loads(body) for body in bodies if '"died_at"' in body)
    assert death["patient_id"] == str(closed.patients[3].id)
    assert death["person_key"] == desk.runtime.person_keys.person_key(NIK)
    assert {one.state for one in desk.ask(asked.ListUnits()).items} == {UnitState.AVAILABLE}
    assert {one.id: one.refusals for one in desk.ask(asked.ListFacilities()).items} == {"RS-1": 1, "RS-2": 0}
    versions = desk.rows("SELECT max(sequence) AS last FROM outbox WHERE subject = :id", id=str(scene.id))
    assert versions[0].last == closed.version
