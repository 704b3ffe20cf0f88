"""A booking from the family's call to the farewell, and every way in which it ends before."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import BookingOnHold, BookingWrongState
from contracts.problems import Forbidden, InvalidRequest, NotFound, StaleVersion
from tests.hearse.office import BASE, CEMETERY, HOME, NOON, OFFICER, SUPERVISOR, Office, citizen

REASON = {"reason": "by_family"}


def test_from_request_to_farewell(office: Office) -> None:
    booked = office.book()
    assert (booked.state, booked.origin, booked.deceased.name) == ("requested", "officer", "Almarhum Contoh")
    office.ask(asked.ApproveBooking(booking_id=booked.id))
    slot = office.slots(booked.id)[0]
    scheduled = office.confirm(booked.id, slot.pickup_at, vehicle_id=slot.vehicle_id, officer_ids=slot.officer_ids)
    assert (scheduled.state, scheduled.trip.state, scheduled.trip.vehicle_id) == ("scheduled", "planned", "JNZ-1")
    office.now = slot.pickup_at
    states = [office.report(booked.id, step).state for step in ("en_route", "picked_up", "delivered", "completed")]
    assert states == ["en_route", "picked_up", "delivered", "completed"]
    assert office.events() == [
        "booking-requested",
        "booking-approved",
        "booking-scheduled",
        *["trip-progressed"] * 4,
    ]


def test_the_same_step_again_changes_nothing_and_a_late_one_fills_the_gap(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=1)
    picked = office.report(id, "picked_up")
    assert office.report(id, "picked_up").version == picked.version
    late = office.report(id, "en_route", at=NOON)
    assert late.state == "picked_up" and [one.milestone for one in late.trip.milestones] == ["en_route", "picked_up"]


def test_a_milestone_can_be_neither_to_come_nor_against_the_others(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=2)
    with pytest.raises(InvalidRequest) as ahead:
        office.report(id, "en_route", at=office.now.replace(hour=23))
    assert ahead.value.data.errors[0].code == "in_the_future"
    office.report(id, "picked_up", at=office.now)
    with pytest.raises(InvalidRequest) as against:
        office.report(id, "delivered", at=NOON)
    assert against.value.data.errors[0].code == "out_of_order"


@pytest.mark.parametrize("when", ["requested", "approved", "held", "scheduled", "en_route"])
def test_cancelled_at_each_step_the_vehicle_is_free(office: Office, when: str) -> None:
    id = office.book().id
    if when != "requested":
        office.ask(asked.ApproveBooking(booking_id=id))
    if when == "held":
        office.ask(asked.HoldSlot(booking_id=id, pickup_at=office.slots(id)[0].pickup_at))
    if when in ("scheduled", "en_route"):
        office.confirm(id, office.slots(id)[0].pickup_at)
    if when == "en_route":
        office.report(id, "en_route")
    cancelled = office.ask(asked.CancelBooking(booking_id=id, **REASON))
    assert (cancelled.state, cancelled.reason, cancelled.trip, office.reserved()) == (
        "cancelled",
        "by_family",
        None,
        [],
    )
    again = office.ask(asked.CancelBooking(booking_id=id, **REASON))
    assert again.version == cancelled.version and office.events().count("booking-cancelled") == 1


def test_with_the_deceased_in_the_vehicle_nothing_is_cancelled(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=1)
    office.report(id, "picked_up")
    with pytest.raises(BookingWrongState) as refused:
        office.ask(asked.CancelBooking(booking_id=id, **REASON))
    assert refused.value.data.extra["state"] == "picked_up"


def test_rejected_with_a_reason(office: Office) -> None:
    id = office.book().id
    with pytest.raises(InvalidRequest):
        office.ask(asked.RejectBooking(booking_id=id, reason="other"))
    rejected = office.ask(
        asked.RejectBooking(booking_id=id, reason="other", note="bukan warga, sudah dilayani Tangsel")
    )
    assert (rejected.state, rejected.reason) == ("rejected", "other") and rejected.reason_note
    assert rejected.reporter.phone == "0812****1234"
    with pytest.raises(BookingWrongState):
        office.ask(asked.ApproveBooking(booking_id=id))


def test_a_dispute_frees_the_vehicle_until_the_responsible_person_has_decided(office: Office) -> None:
    id = office.approved()
    slot = office.slots(id)[0]
    office.confirm(id, slot.pickup_at)
    words = {"responsible": "Kepala UPT", "note": "dua makam disebut"}
    disputed = office.ask(asked.DisputeBooking(booking_id=id, **words))
    assert (disputed.state, disputed.dispute.responsible, office.reserved()) == ("approved", "Kepala UPT", [])
    with pytest.raises(BookingOnHold):
        office.confirm(id, slot.pickup_at)
    settled = office.ask(asked.SettleDispute(booking_id=id, decided_by="Kepala UPT", note="di TPU"), SUPERVISOR)
    assert settled.dispute is None
    assert office.confirm(id, slot.pickup_at).state == "scheduled"
    assert [one for one in office.events() if "dispute" in one] == ["booking-disputed", "dispute-settled"]
    stored = office.rows("SELECT decided_by, note FROM dispute_settlement")
    assert len(stored) == 1 and "Kepala" not in str(stored)


def test_a_stale_version_changes_nothing(office: Office) -> None:
    booked = office.book()
    office.ask(asked.ApproveBooking(booking_id=booked.id, version=booked.version))
    with pytest.raises(StaleVersion) as stale:
        office.ask(asked.CancelBooking(booking_id=booked.id, version=booked.version, **REASON))
    assert stale.value.data.extra["version"] == booked.version + 1


def test_who_may_see_and_touch_a_booking(office: Office) -> None:
    hers = office.book(actor=citizen("citizen-1"))
    assert hers.origin == "relative"
    look = asked.GetBooking(booking_id=hers.id)
    assert office.ask(look, citizen("citizen-1")).reporter.name == "Siti Contoh"
    for request in (look, asked.CancelBooking(booking_id=hers.id, **REASON), asked.FindSlots(booking_id=hers.id)):
        with pytest.raises(NotFound):
            office.ask(request, citizen("citizen-2"))
    assert office.ask(asked.ListBookings(), citizen("citizen-2")).items == ()


def test_staff_of_a_facility_book_for_those_who_lie_there(office: Office) -> None:
    morgue = OFFICER.model_copy(update={"rows": {"facility": ("RS-1",)}})
    with pytest.raises(Forbidden):
        office.book(actor=morgue)
    booked = office.book(actor=morgue, pickup={"facility_id": "RS-1"})
    assert booked.origin == "facility"
    elsewhere = morgue.model_copy(update={"rows": {"facility": ("RS-2",)}})
    with pytest.raises(NotFound):
        office.ask(asked.GetBooking(booking_id=booked.id), elsewhere)


def test_a_crew_drives_its_own_vehicle(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    crew = OFFICER.model_copy(update={"rows": {"unit": ("JNZ-2",)}})
    with pytest.raises(NotFound):
        office.report(id, "en_route", crew)
    assert office.report(id, "en_route", crew.model_copy(update={"rows": {"unit": ("JNZ-1",)}})).state == "en_route"


def test_lists_and_closed_bookings_show_no_names(office: Office) -> None:
    office.book(
        deceased={"name": "Rahasia Sekali", "nik": "3671014502809001", "family_card_number": "3671010101080001"}
    )
    shown = office.ask(asked.ListBookings()).model_dump_json()
    stored = str(office.rows("SELECT * FROM booking")) + str(office.rows("SELECT body FROM outbox"))
    for secret in ("Rahasia", "Siti", "Jl. Contoh", "81200001234", "3671014502809001", "3671010101080001"):
        assert secret not in shown and secret not in stored


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"pickup": {}}, "/pickup", "missing"),
        ({"destination": {"kind": "home"}}, "/destination", "missing"),
        ({"destination": {"kind": "city_cemetery"}}, "/destination/burial_place_id", "missing"),
        (
            {"destination": {"kind": "city_cemetery", "burial_place_id": "TPU-9"}},
            "/destination/burial_place_id",
            "unknown",
        ),
        ({"destination": {"kind": "home", "burial_place_id": "TPU-1"}}, "/destination/burial_place_id", "unexpected"),
        ({"earliest_at": "2026-11-23T11:29:00+07:00"}, "/earliest_at", "in_the_past"),
        ({"deceased": {"name": "A", "died_at": "2026-11-23T12:01:00+07:00"}}, "/deceased/died_at", "in_the_future"),
    ],
)
def test_what_is_wrong_is_said(office: Office, wrong: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        office.book(**wrong)
    assert [(one.pointer, one.code) for one in refused.value.data.errors] == [(pointer, code)]
    assert office.rows("SELECT 1 FROM booking") == []


def test_a_booking_for_the_city_cemetery_knows_where_it_is(office: Office) -> None:
    booked = office.book(destination={"kind": "city_cemetery", "burial_place_id": "TPU-1"})
    assert booked.destination.location.coordinates == CEMETERY["location"]["coordinates"]
    assert not booked.destination.out_of_city


def test_nothing_is_known_of_a_booking_that_is_none(office: Office) -> None:
    with pytest.raises(NotFound):
        office.ask(asked.GetBooking(booking_id=uuid4()))


def test_a_draft_is_completed_by_the_family(office: Office) -> None:
    from tests.hearse.handlers.test_same_death import death

    office.tell(death(), "draft_from_death")
    draft = office.ask(asked.ListBookings()).items[0]
    assert (draft.state, draft.origin, draft.reporter) == ("draft", "ambulance", None)
    with pytest.raises(BookingWrongState):
        office.slots(draft.id)
    submitted = office.ask(
        asked.SubmitDraft(
            booking_id=draft.id,
            reporter={"name": "Siti", "phone": "081200001234"},
            deceased={"name": "Bapak"},
            destination={"kind": "home", "location": HOME},
            earliest_at=NOON,
        )
    )
    assert (submitted.state, submitted.pickup.kelurahan_code) == ("requested", "36.71.01.1001")
    assert office.slots(draft.id) and BASE
