"""Free beds of emergency rooms: as they were told, less the patients who are on their way."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import ambulance as asked

from .desk import Desk, crew
from .test_hospitals import accepting, asking, hospital, ranked

ONE, TWO = crew("AMB-01"), crew("AMB-02", subject="crew-2")


def beds(desk: Desk, facility_id: str, free: int | None) -> Any:
    return desk.ask(asked.SetFacilityStatus(facility_id=facility_id, state="open", beds_free=free))


@pytest.fixture
def trips(desk: Desk) -> Any:
    """Two units on scene of two incidents that can wait, the nearer hospital with one bed."""
    desk.ask(asked.ImportFacilities(facilities=(hospital("RS-1", 0.01), hospital("RS-2", 0.02))))
    desk.fleet("AMB-01", "AMB-02")
    desk.later(minutes=1)
    beds(desk, "RS-1", 1)
    desk.later(minutes=1)
    sent = [desk.send(desk.incident(kind="medical"), unit) for unit in ("AMB-01", "AMB-02")]
    for one, who in zip(sent, (ONE, TWO), strict=True):
        desk.report(one.id, "on_scene", who)
        patient = {"incident_id": one.incident_id, "patient_number": 1}
        desk.ask(asked.ConfirmTriage(**patient, triage="kuning"), who)
        desk.ask(asked.AssignPatient(assignment_id=one.id, patient_number=1), who)
    return sent


def first(desk: Desk, trip: Any, who: Any) -> Any:
    return ranked(desk, trip, who).candidates[0]


def of(desk: Desk, trip: Any, who: Any, facility_id: str) -> Any:
    return next(one for one in ranked(desk, trip, who).candidates if one.facility_id == facility_id)


def test_the_last_bed_is_promised_once(desk: Desk, trips: Any) -> None:
    one, two = trips
    assert first(desk, two, TWO).facility_id == "RS-1"
    desk.ask(asking(one, "RS-1"), ONE)
    assert of(desk, two, TWO, "RS-1").beds_free == 1  # asked is not promised
    desk.ask(accepting(one, "RS-1"), ONE)
    taken = of(desk, two, TWO, "RS-1")
    assert (taken.beds_free, taken.offered, taken.reason) == (0, False, "no_bed")
    assert first(desk, two, TWO).facility_id == "RS-2"
    assert of(desk, one, ONE, "RS-1").beds_free == 1  # its own patient does not stand in its way
    desk.ask(asked.ConfirmTriage(incident_id=two.incident_id, patient_number=1, triage="merah"), TWO)
    assert of(desk, two, TWO, "RS-1").offered  # never taken from the list of a red patient


def test_who_has_come_counts_until_the_hospital_counts_again(desk: Desk, trips: Any) -> None:
    one, two = trips
    desk.report(one.id, "patient_loaded", ONE, facility_id="RS-1")
    assert of(desk, two, TWO, "RS-1").beds_free == 0
    desk.later(minutes=20)
    desk.report(one.id, "at_hospital", ONE)
    desk.report(one.id, "completed", ONE)
    assert of(desk, two, TWO, "RS-1").beds_free == 0  # in the bed
    desk.later(minutes=1)
    told = beds(desk, "RS-1", 1)  # the hospital counted, and the patient lies in another one
    assert (told.beds_free, told.beds_told_at) == (1, desk.now)
    assert of(desk, two, TWO, "RS-1").beds_free == 1


def test_a_number_is_believed_for_two_hours_and_can_be_taken_back(desk: Desk, trips: Any) -> None:
    one, two = trips
    desk.report(one.id, "patient_loaded", ONE, facility_id="RS-1")
    desk.later(hours=2)
    assert (of(desk, two, TWO, "RS-1").beds_free, of(desk, two, TWO, "RS-1").offered) == (None, True)
    version = beds(desk, "RS-1", 1).version
    assert beds(desk, "RS-1", 1).version == version + 1  # told again: as of now
    taken_back = beds(desk, "RS-1", None)
    assert (taken_back.beds_free, taken_back.beds_told_at) == (None, None)
    assert beds(desk, "RS-1", None) == taken_back
