"""Who names a hospital need not know where it is."""

from __future__ import annotations

import uuid
from typing import Any

from contracts import hearse as asked
from contracts.ambulance.events import FacilityStatusChanged, PatientDeceased
from contracts.geography import Point
from tests.hearse.office import BASE, HOME, NOON, Office

NEAR, FAR_AWAY = BASE, Point(coordinates=(106.98, -6.6))


def told(id: str = "RS-1", **more: Any) -> FacilityStatusChanged:
    return FacilityStatusChanged(**{"facility_id": id, "state": "open", "name": "RS Contoh", "location": NEAR, **more})


def test_a_pick_up_at_a_hospital_is_where_the_hospital_is(office: Office) -> None:
    pickup = {"pickup": {"facility_id": "RS-1"}}
    unknown = office.approved("Satu", **pickup)
    office.tell(told(), "remember")
    known = office.book("Dua", **pickup)
    assert (known.pickup.location, known.pickup.address) == (NEAR, "RS Contoh")
    office.ask(asked.ApproveBooking(booking_id=known.id))
    # Unknown, it counts as fifteen kilometres away.
    assert office.slots(known.id)[0].arrives_at < office.slots(unknown)[0].arrives_at
    said = office.book("Tiga", pickup={"facility_id": "RS-1", "location": HOME, "address": "Kamar 12"})
    assert (said.pickup.location, said.pickup.address) == (HOME, "Kamar 12")


def test_a_destination_too(office: Office) -> None:
    office.tell(told("RS-2", location=FAR_AWAY), "remember")
    shown = office.book(destination={"kind": "out_of_city", "facility_id": "RS-2"})
    assert shown.destination.location == FAR_AWAY


def test_the_latest_counts_and_what_says_nothing_changes_nothing(office: Office) -> None:
    office.tell(told(), "remember")
    office.tell(told(state="full"), "remember")
    office.tell(told(name=None, location=None), "remember")
    office.tell(told(name="RS Contoh Baru", location=HOME), "remember")
    assert [tuple(row) for row in office.rows("SELECT id, name, longitude FROM facility")] == [
        ("RS-1", "RS Contoh Baru", HOME.longitude)
    ]
    assert len(office.rows("SELECT 1 FROM audit WHERE subject = 'RS-1'")) == 2


def test_a_draft_of_a_death_there(office: Office) -> None:
    office.tell(told(), "remember")
    death = {"incident_id": uuid.uuid4(), "patient_id": uuid.uuid4(), "died_at": NOON, "pronounced_by": "doctor"}
    office.tell(PatientDeceased(**death, facility_id="RS-1"), "draft_from_death")
    (shown,) = office.ask(asked.ListBookings()).items
    assert shown.pickup.facility_id == "RS-1"
    assert office.ask(asked.GetBooking(booking_id=shown.id)).pickup.location == NEAR
