"""A death takes two people; its event holds keys and codes only."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import Outcome
from contracts.problems import Forbidden
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk, crew

FIRST, SECOND = crew("AMB-01", subject="crew-1"), crew("AMB-01", subject="crew-2")
PHONE, NAME, NIK = "+6281290009000", "Siti Aminah", "3671014502809001"
LONG_NUMBER = re.compile(r"(?<![0-9a-f-])\+?[0-9]{9,}(?![0-9a-f-])")


@pytest.fixture
def on_scene(desk: Desk) -> UUID:
    """An incident with a unit at the patient, told with personal data."""
    desk.fleet("AMB-01")
    id = desk.incident(
        phone=PHONE, complaint=f"{NAME}, NIK {NIK}", landmark=f"rumah {NAME}", kelurahan_code="36.71.01.1001"
    )
    desk.report(desk.send(id, "AMB-01").id, "on_scene", FIRST)
    return id


def report(incident_id: UUID) -> Any:
    return asked.ReportDeath(
        incident_id=incident_id, patient_number=1, died_at=NOON, pronounced_by="doctor", next_of_kin_known=True
    )


def test_the_second_step_publishes_the_death_once(desk: Desk, on_scene: UUID) -> None:
    shown = desk.ask(report(on_scene), FIRST)
    assert shown.patients[0].death_reported and shown.patients[0].outcome is None
    assert "patient-deceased" not in desk.events()
    confirm = asked.ConfirmDeath(incident_id=on_scene, patient_number=1)
    assert desk.ask(confirm, SECOND).patients[0].outcome is Outcome.DECEASED
    desk.ask(confirm, SECOND)
    assert desk.events().count("patient-deceased") == 1


def test_the_same_person_can_not_confirm(desk: Desk, on_scene: UUID) -> None:
    confirm = asked.ConfirmDeath(incident_id=on_scene, patient_number=1)
    with pytest.raises(WrongState):
        desk.ask(confirm, SECOND)
    desk.ask(report(on_scene), FIRST)
    with pytest.raises(Forbidden):
        desk.ask(confirm, FIRST)
    assert "patient-deceased" not in desk.events()


def test_nobody_dies_by_phone(desk: Desk) -> None:
    with pytest.raises(WrongState):
        desk.ask(report(desk.incident()))


def test_no_event_of_the_whole_story_holds_personal_data(desk: Desk, on_scene: UUID) -> None:
    desk.ask(report(on_scene), FIRST)
    desk.ask(asked.ConfirmDeath(incident_id=on_scene, patient_number=1), SECOND)
    published = desk.rows("SELECT type, headers, body FROM outbox")
    text = "\n".join(json.dumps(row.headers) + row.body for row in published)
    text += str(desk.rows("SELECT audit::text FROM audit"))
    for secret in (PHONE, PHONE[3:], NAME, NAME.split(maxsplit=1)[0], NIK, str(CENTRE.longitude)):
        assert secret not in text
    bodies = "\n".join(row.body for row in published)
    assert LONG_NUMBER.findall(bodies) == []
    death = next(json.loads(row.body) for row in published if "deceased" in row.type)
    assert death["pronounced_by"] == "doctor" and death["next_of_kin_known"] is True
    assert "person_key" not in death
