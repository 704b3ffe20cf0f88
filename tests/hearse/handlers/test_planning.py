"""Times: found, held, fixed, moved; who is taken; what the city keeps back; the cemetery's hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import BurialHourTaken, OverrideNeeded, SlotTaken, VehicleNotInService
from contracts.problems import InvalidRequest
from contracts.times import Weekday
from tests.hearse.office import FAR, HOME, NOON, SUPERVISOR, Office

AWAY = {"destination": {"kind": "out_of_city", "location": FAR}}
GRAVE = {"destination": {"kind": "city_cemetery", "burial_place_id": "TPU-1"}}
QUARTER = timedelta(minutes=15)


def test_free_times_are_quarters_of_an_hour_from_the_earliest_on(office: Office) -> None:
    office.later(minutes=3)
    id = office.approved(earliest_at="2026-11-23T13:05:00+07:00")
    times = [slot.pickup_at - NOON for slot in office.slots(id)]
    assert times == [timedelta(minutes=75), timedelta(minutes=90), timedelta(minutes=105)]


def test_a_time_that_is_taken_is_refused_with_the_next_three(office: Office) -> None:
    first, second = office.approved("Satu"), office.approved("Dua")
    slot = office.slots(first)[0]
    office.confirm(first, slot.pickup_at, vehicle_id="JNZ-1", officer_ids=("PTG-1",))
    for vehicle, officer, taken in (
        ("JNZ-1", "PTG-2", ["vehicle:JNZ-1"]),
        ("JNZ-2", "PTG-1", ["officer:PTG-1"]),
        ("JNZ-1", "PTG-1", ["vehicle:JNZ-1", "officer:PTG-1"]),
    ):
        with pytest.raises(SlotTaken) as refused:
            office.confirm(second, slot.pickup_at, vehicle_id=vehicle, officer_ids=(officer,))
        assert refused.value.data.extra["taken"] == taken
        following = refused.value.data.extra["next_slots"]
        assert [one["vehicle_id"] for one in following] == ["JNZ-2"] * 3
    chosen = following[0]
    fixed = office.confirm(
        second, chosen["pickup_at"], vehicle_id=chosen["vehicle_id"], officer_ids=tuple(chosen["officer_ids"])
    )
    assert fixed.state == "scheduled"


def test_a_trip_takes_travel_loading_and_turnaround_and_the_next_may_begin_where_it_ends(office: Office) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    first, second = office.approved("Satu"), office.approved("Dua")
    trip = office.confirm(first, office.slots(first)[0].pickup_at, vehicle_id="JNZ-1").trip
    before = trip.pickup_at - trip.begins_at
    with pytest.raises(SlotTaken):
        office.confirm(second, trip.ends_at + before - timedelta(minutes=1), vehicle_id="JNZ-1")
    assert office.confirm(second, trip.ends_at + before, vehicle_id="JNZ-1").trip.begins_at == trip.ends_at


def test_a_held_time_is_taken_until_its_quarter_of_an_hour_is_over(office: Office) -> None:
    first, second = office.approved("Satu"), office.approved("Dua")
    slot = office.slots(first)[0]
    named = {"vehicle_id": slot.vehicle_id, "officer_ids": slot.officer_ids}
    office.fire()
    held = office.ask(asked.HoldSlot(booking_id=first, pickup_at=slot.pickup_at, **named))
    assert (held.state, held.trip.state, held.trip.held_until) == ("approved", "held", NOON + QUARTER)
    with pytest.raises(SlotTaken):
        office.confirm(second, slot.pickup_at, **named)
    office.later(minutes=14)
    assert (office.fire(), len(office.reserved())) == (0, 2)
    office.later(minutes=1)
    office.fire()
    assert office.reserved() == []
    assert office.confirm(second, slot.pickup_at, **named).state == "scheduled"
    assert office.events()[-2:] == ["slot-released", "booking-scheduled"]


def test_what_is_held_is_confirmed_without_naming_it_and_stays(office: Office) -> None:
    id = office.approved()
    office.ask(asked.HoldSlot(booking_id=id, pickup_at=office.slots(id)[0].pickup_at))
    office.fire()
    fixed = office.confirm(id)
    assert (fixed.state, fixed.trip.state, fixed.trip.held_until) == ("scheduled", "planned", None)
    office.later(minutes=20)
    office.fire()
    assert len(office.reserved()) == 2
    assert office.confirm(id).version == fixed.version


def test_confirmed_again_it_moves_and_what_it_had_counts_as_free(office: Office) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    id = office.approved()
    first = office.confirm(id, office.slots(id)[0].pickup_at).trip
    moved = office.confirm(id, first.pickup_at + QUARTER).trip
    assert moved.pickup_at == first.pickup_at + QUARTER and len(office.reserved()) == 2
    assert office.slots(id)[0].pickup_at == first.pickup_at


def test_beyond_30_km_two_go_and_a_supervisor_may_decide_otherwise(office: Office) -> None:
    office.fleet(vehicles=4, officers=6)
    id = office.approved(**AWAY)
    slot = office.slots(id)[0]
    assert slot.officer_ids == ("PTG-1", "PTG-6")  # the driver, and who does not drive
    alone: dict[str, Any] = {"vehicle_id": "JNZ-1", "officer_ids": ("PTG-1",)}
    with pytest.raises(OverrideNeeded) as refused:
        office.confirm(id, slot.pickup_at, **alone, override_reason="petugas sakit")
    assert refused.value.data.extra["rules"] == ["second_officer"]
    with pytest.raises(OverrideNeeded):
        office.confirm(id, slot.pickup_at, SUPERVISOR, **alone)
    fixed = office.confirm(id, slot.pickup_at, SUPERVISOR, **alone, override_reason="petugas sakit")
    assert fixed.trip.overridden


def test_so_many_vehicles_stay_in_the_city(office: Office) -> None:
    office.fleet(vehicles=4, officers=9)
    trips = [office.approved(str(number), **AWAY) for number in range(3)]
    for id in trips[:2]:
        office.confirm(id, office.slots(id)[0].pickup_at)
    slot = office.slots(trips[2])[0]
    back = min(row.ends_at for row in office.rows("SELECT ends_at FROM reservation"))
    assert slot.pickup_at >= back
    named: dict[str, Any] = {"vehicle_id": "JNZ-3", "officer_ids": ("PTG-5", "PTG-6")}
    with pytest.raises(OverrideNeeded) as refused:
        office.confirm(trips[2], NOON + 2 * QUARTER, **named)
    assert refused.value.data.extra["rules"] == ["city_reserve"]
    assert office.confirm(trips[2], NOON + 2 * QUARTER, SUPERVISOR, **named, override_reason="mendesak").trip.overridden
    within = office.approved("dalam kota")
    assert office.confirm(within, office.slots(within)[0].pickup_at).trip.vehicle_id == "JNZ-4"


def test_burials_have_hours_notice_and_a_capacity(office: Office) -> None:
    office.fleet(vehicles=4, officers=5)
    office.now = NOON.replace(hour=8)  # 15:00 WIB: two hours' notice end when the day's burials do
    ids = [office.approved(str(number), **GRAVE) for number in range(3)]
    slot = office.slots(ids[0])[0]
    assert (slot.arrives_at.hour, slot.arrives_at.minute) >= (11, 0)  # 18:00 WIB: the evening
    for id in ids[:2]:
        office.confirm(id, office.slots(id)[0].pickup_at)
    assert [one for one in office.reserved() if "grave" in one] == ["grave:TPU-1:1", "grave:TPU-1:2"]
    with pytest.raises(BurialHourTaken) as full:
        office.confirm(ids[2], slot.pickup_at)
    assert full.value.data.extra["why"] == "full"
    assert [one["arrives_at"][11:13] for one in full.value.data.extra["next_slots"]] == ["12", "12", "12"]
    with pytest.raises(BurialHourTaken) as notice:
        office.confirm(ids[2], office.now + timedelta(minutes=60), vehicle_id="JNZ-4", officer_ids=("PTG-4",))
    assert notice.value.data.extra["why"] == "notice"
    with pytest.raises(BurialHourTaken) as closed:
        office.confirm(ids[2], office.now + timedelta(hours=7), vehicle_id="JNZ-4", officer_ids=("PTG-4",))
    assert closed.value.data.extra["why"] == "closed"


def test_who_is_not_on_duty_does_not_go(office: Office) -> None:
    day = [{"days": [*Weekday], "begins": "07:00", "ends": "13:00"}]
    office.fleet(officers=2, shifts=day)
    id = office.approved()
    assert office.slots(id)[0].pickup_at >= NOON + timedelta(hours=19)  # 07:00 WIB of the next day
    with pytest.raises(OverrideNeeded) as refused:
        office.confirm(id, NOON + QUARTER, vehicle_id="JNZ-1", officer_ids=("PTG-1",))
    assert refused.value.data.extra["rules"] == ["off_duty"]


def test_a_vehicle_out_of_service_is_not_planned(office: Office) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-1", state="out_of_service"))
    id = office.approved()
    assert office.slots(id)[0].vehicle_id == "JNZ-2"
    with pytest.raises(VehicleNotInService) as refused:
        office.confirm(id, NOON + QUARTER, vehicle_id="JNZ-1", officer_ids=("PTG-1",))
    assert refused.value.data.extra["next_slots"][0]["vehicle_id"] == "JNZ-2"


@pytest.mark.parametrize(
    ("chosen", "pointer", "code"),
    [
        ({"vehicle_id": "JNZ-9", "officer_ids": ("PTG-1",)}, "/vehicle_id", "unknown"),
        ({"vehicle_id": "JNZ-9"}, "/vehicle_id", "unknown"),
        ({"vehicle_id": "JNZ-1", "officer_ids": ("PTG-9",)}, "/officer_ids/0", "unknown"),
        ({"officer_ids": ("PTG-9",)}, "/officer_ids/0", "unknown"),
        ({"officer_ids": ("PTG-3",)}, "/officer_ids/0", "does_not_drive"),
        ({"vehicle_id": "JNZ-1", "officer_ids": ("PTG-1", "PTG-1")}, "/officer_ids/1", "twice"),
        ({"vehicle_id": "JNZ-1", "officer_ids": ("PTG-3",)}, "/officer_ids/0", "does_not_drive"),
    ],
)
def test_what_is_wrong_with_a_choice_is_said(office: Office, chosen: Any, pointer: str, code: str) -> None:
    id = office.approved()
    with pytest.raises(InvalidRequest) as refused:
        office.confirm(id, NOON + QUARTER, **chosen)
    assert [(one.pointer, one.code) for one in refused.value.data.errors] == [(pointer, code)]


def test_a_time_that_has_passed_is_refused_and_one_must_be_known(office: Office) -> None:
    id = office.approved()
    with pytest.raises(InvalidRequest) as missing:
        office.confirm(id)
    assert missing.value.data.errors[0].pointer == "/pickup_at"
    with pytest.raises(InvalidRequest) as past:
        office.confirm(id, NOON - timedelta(hours=1), vehicle_id="JNZ-1", officer_ids=("PTG-1",))
    assert past.value.data.errors[0].code == "in_the_past"


def test_ready_earlier_it_is_free_earlier(office: Office) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    id = office.approved()
    trip = office.confirm(id, office.slots(id)[0].pickup_at).trip
    office.later(minutes=40)
    for step in ("en_route", "picked_up", "delivered", "completed"):
        office.report(id, step)
    other = office.approved("Lain", destination={"kind": "home", "location": HOME})
    assert office.slots(other)[0].pickup_at < trip.ends_at
