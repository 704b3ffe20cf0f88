"""Maintenance, leave, breakdowns: what is affected gets the best that is free, in one step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import BlockedAlready, NotAffected, SlotTaken, TripsPlanned, VehicleNotInService
from contracts.problems import InvalidRequest
from tests.hearse.office import NOON, Office

SOON = NOON + timedelta(hours=1)


@pytest.fixture
def planned(office: Office) -> list[UUID]:
    """Three trips of JNZ-1, one after the other; JNZ-2 is free but for the second's time."""
    office.fleet(vehicles=2, officers=5)
    ids = []
    at = SOON
    for number in range(3):
        id = office.approved(f"Nama {number}")
        trip = office.confirm(id, at, vehicle_id="JNZ-1", officer_ids=("PTG-1",)).trip
        ids.append(id)
        if number == 1:
            other = office.approved("Lain")
            office.confirm(other, at, vehicle_id="JNZ-2", officer_ids=("PTG-2",))
        at = trip.ends_at
    return ids


def moves_of(proposals: Any) -> tuple[Any, ...]:
    return tuple(
        {
            "booking_id": one.booking_id,
            "pickup_at": one.slot.pickup_at,
            "vehicle_id": one.slot.vehicle_id,
            "officer_ids": one.slot.officer_ids,
        }
        for one in proposals
        if one.slot
    )


def apply(office: Office, proposals: Any, **more: Any) -> Any:
    request = {"resource": "vehicle:JNZ-1", "reason": "mogok", "moves": moves_of(proposals), **more}
    return office.ask(asked.ApplyMoves.model_validate(request))


def test_each_affected_trip_gets_the_best_that_is_free_and_all_of_them_fit(office: Office, planned: list[UUID]) -> None:
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    assert [one.booking_id for one in proposals] == planned
    assert [one.slot.vehicle_id for one in proposals] == ["JNZ-2"] * 3
    assert [one.slot.officer_ids for one in proposals] == [("PTG-1",)] * 3
    assert proposals[0].minutes_later == 0 and proposals[1].minutes_later > 0
    assert office.reserved().count("vehicle:JNZ-1") == 3  # nothing was changed
    done = apply(office, proposals)
    assert (done.moved, done.waiting) == (tuple(planned), ())
    assert office.reserved().count("vehicle:JNZ-1") == 1 and office.reserved().count("vehicle:JNZ-2") == 4
    shown = [office.ask(asked.GetBooking(booking_id=id)) for id in planned]
    assert {one.state for one in shown} == {"scheduled"}
    assert [one.trip.pickup_at for one in shown] == [one.slot.pickup_at for one in proposals]
    told = office.events()
    assert told.count("slot-released") == 3 and told.count("booking-scheduled") == 7


def test_what_is_not_moved_waits_to_be_planned_anew(office: Office, planned: list[UUID]) -> None:
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    done = apply(office, proposals[:1])
    assert (done.moved, done.waiting) == ((planned[0],), tuple(planned[1:]))
    assert office.ask(asked.GetBooking(booking_id=planned[2])).state == "approved"
    office.fire()
    assert office.slots(planned[2])[0].vehicle_id == "JNZ-2"


def test_all_or_nothing(office: Office, planned: list[UUID]) -> None:
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    other = office.approved("Lebih dulu")
    late = proposals[2].slot
    office.confirm(other, late.pickup_at, vehicle_id="JNZ-2", officer_ids=("PTG-3",))
    before = office.rows("SELECT id, state, version FROM trip ORDER BY id")
    with pytest.raises(SlotTaken):
        apply(office, proposals)
    assert office.rows("SELECT id, state, version FROM trip ORDER BY id") == before
    assert office.rows("SELECT 1 FROM block") == []


def test_only_the_time_of_the_breakdown_is_affected(office: Office, planned: list[UUID]) -> None:
    first = office.ask(asked.GetBooking(booking_id=planned[0])).trip
    until = first.ends_at
    assert len(office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1", ends_at=until)).items) == 1
    proposals = office.ask(asked.ProposeMoves(resource="officer:PTG-2")).items
    assert [(one.slot.vehicle_id, one.slot.officer_ids, one.minutes_later) for one in proposals] == [
        ("JNZ-2", ("PTG-3",), 0)
    ]


def test_with_the_deceased_in_the_vehicle_another_one_takes_over(office: Office, planned: list[UUID]) -> None:
    trip = office.ask(asked.GetBooking(booking_id=planned[0])).trip
    office.now = trip.pickup_at + timedelta(minutes=21)
    office.report(planned[0], "en_route")
    office.report(planned[0], "picked_up")
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    assert [one.under_way for one in proposals] == [True, False, False]
    assert (proposals[0].slot.vehicle_id, proposals[0].slot.officer_ids) == ("JNZ-2", ("PTG-1",))
    apply(office, proposals)
    shown = office.ask(asked.GetBooking(booking_id=planned[0]))
    assert (shown.state, shown.trip.vehicle_id, shown.trip.id) == ("picked_up", "JNZ-2", trip.id)
    assert "vehicle-replaced" in office.events()
    assert office.report(planned[0], "delivered").state == "delivered"


def test_maintenance_keeps_the_vehicle_free_of_trips_until_it_is_lifted(office: Office, planned: list[UUID]) -> None:
    with pytest.raises(TripsPlanned) as refused:
        office.ask(asked.BlockResource(resource="vehicle:JNZ-1", begins_at=SOON, reason="servis"))
    assert refused.value.data.extra["bookings"] == [str(id) for id in planned]
    tomorrow = NOON + timedelta(days=1)
    hours = {"begins_at": tomorrow, "ends_at": tomorrow + timedelta(hours=8)}
    block = office.ask(asked.BlockResource(resource="vehicle:JNZ-1", reason="servis", **hours))
    for more in ({"begins_at": tomorrow + timedelta(hours=7)}, {**hours}):
        with pytest.raises(BlockedAlready) as twice:
            office.ask(asked.BlockResource(resource="vehicle:JNZ-1", reason="servis lagi", **more))
        assert twice.value.data.extra["blocks"] == [str(block.id)]
    with pytest.raises(BlockedAlready):
        apply(office, ())
    id = office.approved("Besok", earliest_at=tomorrow)
    named: dict[str, Any] = {"vehicle_id": "JNZ-1", "officer_ids": ("PTG-1",)}
    with pytest.raises(SlotTaken):
        office.confirm(id, tomorrow + timedelta(hours=1), **named)
    assert office.slots(id)[0].vehicle_id == "JNZ-2"
    lifted = office.ask(asked.LiftBlock(block_id=block.id))
    assert lifted.lifted_at and office.ask(asked.LiftBlock(block_id=block.id)) == lifted
    assert office.confirm(id, tomorrow + timedelta(hours=1), **named).state == "scheduled"
    assert office.ask(asked.ListBlocks()).items == ()


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({"resource": "vehicle:JNZ-9", "begins_at": SOON}, "/resource", "unknown"),
        ({"resource": "officer:PTG-9", "begins_at": SOON}, "/resource", "unknown"),
        ({"resource": "vehicle:JNZ-1", "begins_at": SOON, "ends_at": SOON}, "/ends_at", "before_begin"),
        ({"resource": "vehicle:JNZ-1", "begins_at": NOON - timedelta(hours=1)}, "/begins_at", "in_the_past"),
    ],
)
def test_what_is_wrong_with_a_block_is_said(office: Office, sent: Any, pointer: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        office.ask(asked.BlockResource(reason="servis", **sent))
    assert [(one.pointer, one.code) for one in refused.value.data.errors] == [(pointer, code)]


def test_only_what_is_affected_is_moved_and_each_once(office: Office, planned: list[UUID]) -> None:
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    for moves, code in (((proposals[0], proposals[0]), "twice"),):
        with pytest.raises(InvalidRequest) as refused:
            apply(office, moves)
        assert refused.value.data.errors[0].code == code
    with pytest.raises(NotAffected) as stranger:
        apply(office, proposals, resource="vehicle:JNZ-2")
    assert stranger.value.data.extra["bookings"] == [str(id) for id in planned]


def late_with_the_deceased(office: Office, planned: list[UUID]) -> Any:
    """The first trip carries the deceased, an hour after it should have been over."""
    trip = office.ask(asked.GetBooking(booking_id=planned[0])).trip
    for one in office.ask(asked.ListBookings(state="scheduled")).items:
        if one.id != planned[0]:
            office.ask(asked.CancelBooking(booking_id=one.id, reason="by_family"))
    office.now = trip.pickup_at + timedelta(minutes=21)
    office.report(planned[0], "picked_up")
    office.now = trip.ends_at + timedelta(hours=1)
    return trip


def test_who_is_late_and_breaks_down_is_replaced_too(office: Office, planned: list[UUID]) -> None:
    trip = late_with_the_deceased(office, planned)
    (proposal,) = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    assert proposal.under_way and proposal.slot.vehicle_id == "JNZ-2"
    assert apply(office, [proposal]).moved == (planned[0],)
    assert office.ask(asked.GetBooking(booking_id=planned[0])).trip.vehicle_id == "JNZ-2"
    (taken,) = office.rows(
        "SELECT * FROM reservation WHERE resource = 'vehicle:JNZ-2' AND ends_at > :now", now=office.now
    )
    assert (taken.trip_id, taken.begins_at) == (trip.id, office.now)


def test_with_the_deceased_in_it_and_nobody_to_take_over_somebody_must_act(office: Office, planned: list[UUID]) -> None:
    late_with_the_deceased(office, planned)
    done = apply(office, ())
    assert (done.moved, done.waiting) == ((), (planned[0],))
    assert office.ask(asked.GetBooking(booking_id=planned[0])).state == "picked_up"


def test_a_vehicle_that_is_not_back_is_offered_to_nobody(office: Office, planned: list[UUID]) -> None:
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    trip = late_with_the_deceased(office, planned)
    other = office.approved("Berikut")
    assert office.slots(other)[0].pickup_at >= office.now + (trip.ends_at - trip.arrives_at - timedelta(minutes=30))
    with pytest.raises(SlotTaken):
        office.confirm(other, office.now + timedelta(minutes=1))
    for step in ("delivered", "completed"):
        office.report(planned[0], step)
    assert office.slots(other)[0].pickup_at < office.now + timedelta(minutes=15)


def test_on_its_way_back_it_needs_no_other(office: Office, planned: list[UUID]) -> None:
    trip = office.ask(asked.GetBooking(booking_id=planned[0])).trip
    office.now = trip.arrives_at + timedelta(minutes=30)
    office.report(planned[0], "delivered")  # the pick-up was not reported
    proposals = office.ask(asked.ProposeMoves(resource="vehicle:JNZ-1")).items
    assert [one.booking_id for one in proposals] == planned[1:]
    assert apply(office, proposals).moved == tuple(planned[1:])
    assert office.report(planned[0], "completed").state == "completed"


@pytest.mark.parametrize("vehicle", ["JNZ-9", "JNZ-1", "JNZ-2"])
def test_only_a_vehicle_that_can_go_takes_over(office: Office, planned: list[UUID], vehicle: str) -> None:
    trip = late_with_the_deceased(office, planned)
    office.ask(asked.SetVehicleState(vehicle_id="JNZ-2", state="out_of_service"))
    move = {"booking_id": planned[0], "pickup_at": trip.pickup_at, "vehicle_id": vehicle, "officer_ids": ("PTG-1",)}
    request = asked.ApplyMoves.model_validate({"resource": "vehicle:JNZ-1", "reason": "mogok", "moves": (move,)})
    with pytest.raises((InvalidRequest, VehicleNotInService)) as refused:
        office.ask(request)
    if vehicle == "JNZ-9":
        assert [one.pointer for one in refused.value.data.errors] == ["/moves/0/vehicle_id"]
    assert office.rows("SELECT 1 FROM block") == []
