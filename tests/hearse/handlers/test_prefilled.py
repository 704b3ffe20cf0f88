"""A draft knows what the ambulance service knew, and the family answers it in the super app."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from chassis.runtime import Runtime
from contracts import hearse as asked
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.ambulance.sealed import DeathDetails
from contracts.hearse.problems import BookingOnHold
from contracts.problems import NotFound
from tests.hearse.office import CEMETERY, HOME, NOON, SUPERVISOR, Office, citizen

PHONE, NIK = "+6281290009001", "3671014502809001"
FAMILY, OTHERS = citizen("citizen-7"), citizen("citizen-8")
KNOWN = DeathDetails(
    nik=NIK,
    location=HOME,
    landmark="depan masjid",
    next_of_kin_name="Uji Coba",
    next_of_kin_phone=PHONE,
    next_of_kin_citizen="citizen-7",
)


@pytest.fixture
def office(runtime: Callable[[str], Runtime]) -> Office:
    made = Office(runtime("hearse"))
    made.fleet()
    return made


def death(office: Office, sealed: DeathDetails | None = KNOWN) -> PatientDeceased:
    key = office.runtime.person_keys.person_key(NIK) if sealed and sealed.nik else None
    return PatientDeceased(
        incident_id=uuid.uuid4(),
        patient_id=uuid.uuid4(),
        died_at=NOON,
        pronounced_by="doctor",
        kelurahan_code="36.71.01.1001",
        next_of_kin_known=True,
        person_key=key,
        sealed=sealed,
    )


def drafted(office: Office, told: PatientDeceased) -> Any:
    office.tell(told, "draft_from_death")
    (item,) = office.ask(asked.ListBookings()).items
    return office.ask(asked.GetBooking(booking_id=item.id))


def answer(booking_id: uuid.UUID) -> asked.SubmitDraft:
    return asked.SubmitDraft(
        booking_id=booking_id,
        reporter={"name": "Uji Coba", "phone": PHONE, "relationship": "anak"},
        deceased={"name": "Almarhum Uji"},
        destination={"kind": "city_cemetery", "burial_place_id": CEMETERY["id"]},
        earliest_at=NOON.replace(hour=8),
    )


def test_nobody_is_asked_what_is_known(office: Office) -> None:
    shown = drafted(office, death(office))
    assert (shown.reporter.name, shown.reporter.phone) == ("Uji Coba", PHONE)
    assert (shown.pickup.location, shown.pickup.address) == (HOME, "depan masjid")
    assert shown.deceased.nik and NIK not in shown.deceased.nik
    masked = office.ask(asked.ListBookings()).items[0]
    assert PHONE not in str(masked) and "masjid" not in str(masked)
    assert PHONE[3:] not in str(office.rows("SELECT outbox::text, audit::text FROM outbox, audit"))
    (row,) = office.rows("SELECT reporter_phone, pickup_address, deceased_nik FROM booking")
    assert not {PHONE, "depan masjid", NIK} & set(row)


def test_the_family_sees_its_draft_and_answers_it(office: Office) -> None:
    shown = drafted(office, death(office))
    assert [one.id for one in office.ask(asked.ListBookings(), FAMILY).items] == [shown.id]
    assert office.ask(asked.ListBookings(), OTHERS).items == ()
    with pytest.raises(NotFound):
        office.ask(answer(shown.id), OTHERS)
    asked_for = office.ask(answer(shown.id), FAMILY)
    assert (asked_for.state, asked_for.deceased.name) == ("requested", "Almarhum Uji")
    assert asked_for.pickup.location == HOME and asked_for.deceased.nik == shown.deceased.nik
    assert office.alerts() == {} and office.ask(asked.GetBooking(booking_id=shown.id), FAMILY).state == "requested"


def test_a_number_alone_is_enough_to_be_called(office: Office) -> None:
    shown = drafted(office, death(office, DeathDetails(next_of_kin_phone=PHONE)))
    assert (shown.reporter.name, shown.reporter.phone) == (None, PHONE)
    assert office.ask(asked.ListBookings()).items[0].reporter.name is None
    assert office.ask(asked.ListBookings(), FAMILY).items == ()


def test_without_anything_sealed_there_is_a_draft_all_the_same(office: Office) -> None:
    shown = drafted(office, death(office, None))
    assert shown.reporter is None and shown.pickup.kelurahan_code == "36.71.01.1001"


def test_held_by_the_police_it_waits_for_a_named_person(office: Office) -> None:
    id = drafted(office, death(office).model_copy(update={"police_hold": True})).id
    office.ask(answer(id), FAMILY)
    office.ask(asked.ApproveBooking(booking_id=id))
    at = office.slots(id)[0].pickup_at
    other = asked.DisputeBooking(booking_id=id, responsible="Kepala UPT", note="lahan")
    for request in (asked.ConfirmBooking(booking_id=id, pickup_at=at), other):
        with pytest.raises(BookingOnHold, match="police"):
            office.ask(request)
    assert office.ask(asked.GetBooking(booking_id=id)).dispute.responsible == "Kepolisian"
    office.fire()
    assert office.alerts() == {}  # nobody is told that no vehicle is free
    office.ask(asked.SettleDispute(booking_id=id, decided_by="Penyidik Contoh", note="izin terbit"), SUPERVISOR)
    assert not office.ask(asked.GetBooking(booking_id=id)).police_hold
    assert office.confirm(id, at).state == "scheduled"
    assert office.events().count("booking-disputed") == office.events().count("dispute-settled") == 1


def test_of_who_lives_nothing_is_kept(office: Office) -> None:
    """The retraction comes first."""
    told = death(office)
    ids = {"incident_id": told.incident_id, "patient_id": told.patient_id}
    office.tell(PatientDeceasedRetracted(**ids, retracted_at=NOON, reason="wrong_patient"), "cancel_for_the_living")
    shown = drafted(office, told)
    assert shown.state == "cancelled" and shown.reporter is None and shown.pickup.location is None
    assert office.rows("SELECT 1 FROM booking WHERE deceased_nik IS NOT NULL OR citizen IS NOT NULL") == []
