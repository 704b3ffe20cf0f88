"""Durable clocks: what happens when nobody does, and what ends the alert."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import BookingWrongState
from contracts.problems import NotFound
from tests.hearse.handlers.test_same_death import death, retraction_of
from tests.hearse.office import HOME, NOON, SUPERVISOR, Office


def test_a_request_is_approved_within_half_an_hour(office: Office) -> None:
    id = office.book().id
    office.later(minutes=29)
    office.fire()
    assert office.alerts() == {}
    office.later(minutes=1)
    office.fire()
    assert office.alerts() == {"approval_overdue": {}}
    office.ask(asked.ApproveBooking(booking_id=id))
    assert office.alerts() == {} and office.alerts("resolved")


def test_the_vehicle_is_there_soon_after_the_approved_time(office: Office) -> None:
    id = office.approved()
    trip = office.confirm(id, office.slots(id)[0].pickup_at).trip
    office.now = trip.pickup_at + timedelta(minutes=15)
    office.fire()
    assert office.alerts() == {"arrival_late": {"vehicle_id": "JNZ-1"}}
    office.report(id, "picked_up")
    assert "arrival_late" in office.alerts("resolved")


@pytest.mark.parametrize("ended", ["picked_up", "cancelled"])
def test_who_has_come_or_is_not_wanted_is_not_late(office: Office, ended: str) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    if ended == "cancelled":
        office.ask(asked.CancelBooking(booking_id=id, reason="by_family"))
    else:
        office.now = office.now + timedelta(hours=1)
        office.report(id, "picked_up", at=NOON + timedelta(minutes=20))
    office.later(hours=1)
    office.fire()
    assert "arrival_late" not in office.alerts()


def test_a_trip_that_takes_longer_is_recorded_and_who_waits_for_it_is_told(office: Office) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    first, second = office.approved("Satu"), office.approved("Dua")
    trip = office.confirm(first, office.slots(first)[0].pickup_at).trip
    following = office.slots(second)[0]
    office.confirm(second, following.pickup_at)
    office.now = trip.pickup_at + timedelta(minutes=20 + 50)
    shown = office.report(first, "picked_up")
    assert (shown.state, shown.trip.ends_at) == ("picked_up", trip.ends_at)
    assert office.alerts()["overrun"] == {"minutes": 50, "vehicle_id": "JNZ-1", "affected": str(second)}
    office.now = trip.ends_at + timedelta(minutes=65)
    office.fire()
    assert office.alerts()["overrun"]["minutes"] == 65
    office.report(second, "en_route")  # it went with another car: never refused
    for step in ("delivered", "completed"):
        office.report(first, step)
    assert "overrun" not in office.alerts()


def test_without_anybody_who_waits_a_delay_is_told_when_the_time_is_over(office: Office) -> None:
    id = office.approved()
    trip = office.confirm(id, office.slots(id)[0].pickup_at).trip
    office.now = trip.pickup_at + timedelta(minutes=60)
    office.report(id, "picked_up")
    assert "overrun" not in office.alerts()
    office.now = trip.ends_at
    office.fire()
    assert office.alerts()["overrun"]["affected"] == ""


def test_no_vehicle_within_three_hours_is_told_once(office: Office) -> None:
    office.fleet(vehicles=1)
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    first = office.approved("Satu", destination={"kind": "home", "kelurahan_code": "36.71.01.1001"})
    office.confirm(first, office.slots(first)[0].pickup_at)
    office.fire()
    second = office.book("Dua", earliest_at=NOON).id
    taken = office.rows("SELECT max(ends_at) AS ends_at FROM reservation")[0].ends_at
    assert taken < NOON + timedelta(hours=3)  # one after the other would do
    office.fire()
    assert office.alerts() == {}
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-1", state="out_of_service"))
    for _ in range(3):
        office.later(minutes=15)
        office.fire()
    assert "no_vehicle" in office.alerts() and office.events().count("vehicle-unavailable") == 1
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="in_service"))
    office.ask(asked.ApproveBooking(booking_id=second))
    office.confirm(second, office.slots(second)[0].pickup_at)
    assert "no_vehicle" in office.alerts("resolved")


def test_the_next_of_kin_is_asked_once_and_called_after_a_quarter_of_an_hour(office: Office) -> None:
    told = death()
    for _ in range(3):
        office.tell(told, "draft_from_death")
    asks = office.rows("SELECT body FROM outbox WHERE type = 'hearse.next-of-kin-asked.v1'")
    assert len(asks) == 1
    draft = office.ask(asked.ListBookings()).items[0]
    office.later(minutes=15)
    office.fire()
    assert office.alerts() == {"call_next_of_kin": {}}
    office.later(days=20)
    office.fire()
    assert office.ask(asked.GetBooking(booking_id=draft.id)).state == "draft"  # the body lies somewhere
    office.ask(
        asked.SubmitDraft(
            booking_id=draft.id,
            reporter={"name": "Siti", "phone": "081200001234"},
            destination={"kind": "home", "location": HOME},
            earliest_at=office.now,
        )
    )
    assert "call_next_of_kin" in office.alerts("resolved")


def test_what_nobody_follows_up_expires(office: Office) -> None:
    id = office.approved(earliest_at=NOON + timedelta(hours=5))
    office.ask(asked.HoldSlot(booking_id=id, pickup_at=office.slots(id)[0].pickup_at))
    office.later(minutes=15)
    office.fire()
    office.later(hours=52)
    office.fire()
    assert office.ask(asked.GetBooking(booking_id=id)).state == "approved"
    office.later(hours=1)
    office.fire()
    assert office.ask(asked.GetBooking(booking_id=id)).state == "expired"
    assert office.reserved() == [] and office.events()[-1] == "booking-expired"


def test_a_scheduled_or_disputed_one_does_not_expire(office: Office) -> None:
    fixed, disputed = office.approved("Satu"), office.approved("Dua")
    office.confirm(fixed, NOON + timedelta(days=3))
    office.ask(asked.DisputeBooking(booking_id=disputed, responsible="Kepala UPT", note="sengketa"))
    office.later(hours=60)
    office.fire()
    states = {office.ask(asked.GetBooking(booking_id=id)).state for id in (fixed, disputed)}
    assert states == {"scheduled", "approved"}


def test_a_draft_in_dispute_stays_a_draft_when_it_is_settled(office: Office) -> None:
    office.tell(death(), "draft_from_death")
    id = office.ask(asked.ListBookings()).items[0].id
    office.ask(asked.DisputeBooking(booking_id=id, responsible="Kepala UPT", note="sengketa"))
    office.ask(asked.SettleDispute(booking_id=id, decided_by="Kepala UPT", note="selesai"), SUPERVISOR)
    office.later(days=30)
    office.fire()
    assert office.ask(asked.GetBooking(booking_id=id)).state == "draft"


@pytest.mark.parametrize("step", ["draft", "requested", "approved", "held", "scheduled", "en_route", "picked_up"])
def test_a_death_is_taken_back_at_each_step(office: Office, step: str) -> None:
    told = death()
    office.tell(told, "draft_from_death")
    id = office.ask(asked.ListBookings()).items[0].id
    steps: dict[str, Any] = {
        "requested": lambda: office.ask(
            asked.SubmitDraft(
                booking_id=id,
                reporter={"name": "Siti", "phone": "081200001234"},
                destination={"kind": "home", "location": HOME},
                earliest_at=NOON,
            )
        ),
        "approved": lambda: office.ask(asked.ApproveBooking(booking_id=id)),
        "held": lambda: office.ask(asked.HoldSlot(booking_id=id, pickup_at=office.slots(id)[0].pickup_at)),
        "scheduled": lambda: office.confirm(id),
        "en_route": lambda: office.report(id, "en_route"),
        "picked_up": lambda: office.report(id, "picked_up"),
    }
    for name, make in steps.items():
        if step == "draft":
            break
        make()
        if name == step:
            break
    office.tell(retraction_of(told), "cancel_for_the_living")
    office.tell(retraction_of(told), "cancel_for_the_living")
    state = office.ask(asked.GetBooking(booking_id=id)).state
    if step == "picked_up":  # a person must stop the vehicle
        assert state == "picked_up" and "deceased_alive" in office.alerts()
        office.report(id, "completed")
        assert "deceased_alive" in office.alerts()  # and no end of a trip settles that
        return
    assert (state, office.reserved()) == ("cancelled", [])
    assert [row.kind for row in office.rows("SELECT kind FROM timer")] == ["booking-retention"]
    assert office.alerts() == {}


def test_a_death_is_taken_back_when_all_is_over(office: Office) -> None:
    told = death()
    office.tell(told, "draft_from_death")
    id = office.ask(asked.ListBookings()).items[0].id
    office.ask(
        asked.SubmitDraft(
            booking_id=id,
            reporter={"name": "Siti", "phone": "081200001234"},
            destination={"kind": "home", "location": HOME},
            earliest_at=NOON,
        )
    )
    office.ask(asked.ApproveBooking(booking_id=id))
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=1)
    office.report(id, "completed")
    office.tell(retraction_of(told), "cancel_for_the_living")
    assert "deceased_alive" in office.alerts()


def test_who_has_settled_that_no_vehicle_is_free_is_not_asked_again(office: Office) -> None:
    for vehicle in ("JNZ-1", "JNZ-2"):
        office.ask(asked.SetVehicleState(vehicle_id=vehicle, state="out_of_service"))
    office.approved()
    office.fire()
    alert = office.ask(asked.ListAlerts(kind="no_vehicle")).items[0]
    office.ask(asked.ResolveAlert(alert_id=alert.id))
    office.later(minutes=16)
    office.fire()
    assert "no_vehicle" not in office.alerts()


def test_alerts_are_taken_in_hand_and_settled_by_people(office: Office) -> None:
    office.book()
    office.later(minutes=30)
    office.fire()
    alert = office.ask(asked.ListAlerts()).items[0]
    assert office.ask(asked.AcknowledgeAlert(alert_id=alert.id)).acknowledged_by == "officer-1"
    assert office.ask(asked.ResolveAlert(alert_id=alert.id)).resolved_by == "officer-1"
    with pytest.raises(BookingWrongState):
        office.ask(asked.AcknowledgeAlert(alert_id=alert.id))
    with pytest.raises(NotFound):
        office.ask(asked.ResolveAlert(alert_id=alert.booking_id))
