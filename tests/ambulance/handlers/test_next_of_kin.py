"""Whom the hearse service asks: who was found to be family, never a passer-by; sealed, for that service only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.privacy import Letters
from chassis.settings import Settings
from contracts import ambulance as asked
from contracts.context import Actor
from contracts.geography import Point
from contracts.problems import InvalidRequest
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk, crew

FIRST, SECOND = crew("AMB-01", subject="crew-1"), crew("AMB-01", subject="crew-2")
FAMILY = Actor(subject="citizen-7", client="super-app", rows={"citizen": ("citizen-7",)})
PHONE, OTHER_PHONE, NAME, NIK = "+6281290009000", "+6281290009002", "Uji Coba", "3671014502809001"
HOSPITAL = Point(coordinates=(106.65, -6.21))


@pytest.fixture
def told_by_app(desk: Desk) -> UUID:
    """An incident that somebody told through the super app, with a unit at the patient."""
    desk.fleet("AMB-01")
    place = {"location": CENTRE, "landmark": "depan masjid"}
    id: UUID = desk.ask(asked.OpenIncident(channel="app", phone=PHONE, **place), FAMILY).id
    desk.report(desk.send(id, "AMB-01").id, "on_scene", FIRST)
    return id


def report(incident_id: UUID, **more: Any) -> asked.ReportDeath:
    return asked.ReportDeath(incident_id=incident_id, patient_number=1, died_at=NOON, pronounced_by="doctor", **more)


def confirmed(desk: Desk, incident_id: UUID, **more: Any) -> dict[str, Any]:
    """What only the hearse service can read of the death."""
    desk.ask(asked.ConfirmDeath(incident_id=incident_id, patient_number=1, **more), SECOND)
    (row,) = desk.rows("SELECT id, headers, body, sealed FROM outbox WHERE type LIKE '%patient-deceased.v1'")
    assert PHONE[3:] not in f"{row.headers}{row.body}{row.sealed}" and "citizen-7" not in f"{row.headers}{row.body}"
    letters = Letters.from_settings(Settings(service="hearse", database_url=desk.runtime.url))
    return letters.open(row.sealed, "/services/ambulance", row.id, desk.now)


def test_the_family_that_asked_through_the_app_is_known_by_number_and_account(desk: Desk, told_by_app: UUID) -> None:
    desk.ask(report(told_by_app, nik=NIK, next_of_kin={"is_caller": True, "name": NAME}), FIRST)
    assert confirmed(desk, told_by_app) == {
        "nik": NIK,
        "location": CENTRE.model_dump(mode="json"),
        "landmark": "depan masjid",
        "next_of_kin_name": NAME,
        "next_of_kin_phone": PHONE,
        "next_of_kin_citizen": "citizen-7",
    }
    (row,) = desk.rows("SELECT next_of_kin_known, next_of_kin_name, next_of_kin_phone FROM patient")
    assert row.next_of_kin_known and NAME not in row.next_of_kin_name and PHONE[3:] not in row.next_of_kin_phone
    assert PHONE[3:] not in str(desk.rows("SELECT audit::text FROM audit"))


def test_who_only_called_is_not_told_of_a_death(desk: Desk, told_by_app: UUID) -> None:
    desk.ask(report(told_by_app, next_of_kin_known=True), FIRST)
    assert set(confirmed(desk, told_by_app)) == {"location", "landmark"}


@pytest.mark.parametrize(
    ("phone", "account"), [(PHONE, "citizen-7"), ("0812-9000-9000", "citizen-7"), (OTHER_PHONE, None)]
)
def test_a_number_brings_its_account(desk: Desk, told_by_app: UUID, phone: str, account: str | None) -> None:
    desk.ask(report(told_by_app), FIRST)
    sealed = confirmed(desk, told_by_app, next_of_kin={"phone": phone})
    assert sealed.get("next_of_kin_citizen") == account and sealed["next_of_kin_phone"][:4] == "+628"
    assert desk.rows("SELECT 1 FROM patient WHERE next_of_kin_known")


def test_at_a_facility_the_body_is_where_the_facility_is(desk: Desk, told_by_app: UUID) -> None:
    hospital = {"id": "RS-01", "name": "RS Contoh", "type": "hospital", "location": HOSPITAL}
    desk.ask(asked.ImportFacilities(facilities=(hospital,)))
    desk.ask(report(told_by_app, facility_id="RS-01"), FIRST)
    assert confirmed(desk, told_by_app) == {"location": HOSPITAL.model_dump(mode="json")}


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [({"name": NAME}, "/next_of_kin/phone", "missing"), ({"is_caller": True}, "/next_of_kin/is_caller", "unknown")],
)
def test_nobody_who_can_be_reached(desk: Desk, given: dict[str, Any], field: str, problem: str) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    desk.report(desk.send(id, "AMB-01").id, "on_scene", FIRST)
    with pytest.raises(InvalidRequest) as caught:
        desk.ask(report(id, next_of_kin=given), FIRST)
    assert [(one.pointer, one.code) for one in caught.value.data.errors] == [(field, problem)]


def test_which_of_several_callers_has_to_be_said(desk: Desk, told_by_app: UUID) -> None:
    again = desk.ask(asked.RecordContact(channel="call", phone=OTHER_PHONE)).id
    with desk.runtime.engine.begin() as connection:  # as it will be once calls about one incident are linked
        connection.execute(
            text("UPDATE contact SET incident_id = :to WHERE id = :id"), {"to": told_by_app, "id": again}
        )
    with pytest.raises(InvalidRequest) as caught:
        desk.ask(report(told_by_app, next_of_kin={"is_caller": True}), FIRST)
    assert caught.value.data.errors[0].code == "ambiguous"


def test_a_death_taken_back_forgets_them(desk: Desk, told_by_app: UUID) -> None:
    desk.ask(report(told_by_app, next_of_kin={"is_caller": True, "name": NAME}), FIRST)
    confirmed(desk, told_by_app)
    desk.ask(asked.RetractDeath(incident_id=told_by_app, patient_number=1, reason="wrong_patient"))
    kin = "next_of_kin_name, next_of_kin_phone, next_of_kin_citizen"
    assert [tuple(row) for row in desk.rows(f"SELECT {kin} FROM patient")] == [(None, None, None)]
