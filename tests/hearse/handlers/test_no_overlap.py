"""Nobody is in two places: many officers confirm at once, and the database behind the handlers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from chassis.runtime import Runtime
from chassis.settings import Settings
from contracts import hearse as asked
from contracts.hearse.problems import BookingWrongState, SlotTaken
from contracts.problems import Problem
from tests.hearse.office import NOON, Office

CONFIRMATIONS, TIMES, CONNECTIONS = 300, 20, 60
OVERLAPS = """
SELECT one.resource FROM reservation one JOIN reservation other ON one.resource = other.resource AND one.id < other.id
WHERE tstzrange(one.begins_at, one.ends_at) && tstzrange(other.begins_at, other.ends_at)
"""


@pytest.fixture
def busy(database: Callable[[str], str]) -> Iterator[Office]:
    """An office with many connections, four vehicles and six officers."""
    runtime = Runtime(Settings(service="hearse", database_url=database("hearse"), MAX_WORKERS=CONNECTIONS))
    runtime.engine.pool._timeout = 60  # type: ignore[attr-defined]  # all wait for a turn on a slow machine
    office = Office(runtime)
    office.fleet(vehicles=4, officers=6)
    yield office
    runtime.engine.dispose()


def together(tasks: list[Callable[[], str]]) -> Counter[str]:
    """All at once."""
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], str]) -> str:
        barrier.wait(60)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return Counter(threads.map(run, tasks))


def test_300_confirmations_of_20_slots_have_20_winners_and_the_others_the_next_three(busy: Office) -> None:
    ids = [busy.approved(str(number)) for number in range(CONFIRMATIONS)]
    trip = busy.confirm(ids.pop(), NOON + timedelta(hours=1), vehicle_id="JNZ-1", officer_ids=("PTG-1",)).trip
    length = trip.ends_at - trip.begins_at
    slots = [
        (NOON + timedelta(days=1) + length * (number // 4), f"JNZ-{number % 4 + 1}", f"PTG-{number % 4 + 1}")
        for number in range(TIMES)
    ]

    def attempt(number: int, id: UUID) -> str:
        at, vehicle, officer = slots[number % TIMES]
        try:
            busy.confirm(id, at, vehicle_id=vehicle, officer_ids=(officer,))
        except SlotTaken as taken:
            following = taken.data.extra["next_slots"]
            assert len(following) == 3 and all(one["pickup_at"] >= at.isoformat()[:19] for one in following)
            return "taken"
        return "fixed"

    tasks = [lambda number=number, id=id: attempt(number, id) for number, id in enumerate(ids)]
    assert together(tasks) == {"fixed": TIMES, "taken": len(ids) - TIMES}
    assert busy.rows(OVERLAPS) == []
    assert len(busy.rows("SELECT 1 FROM booking WHERE state = 'scheduled'")) == TIMES + 1


def test_times_without_names_go_to_as_many_as_there_are_vehicles(busy: Office) -> None:
    ids = [busy.approved(str(number)) for number in range(30)]
    at = NOON + timedelta(hours=2)

    def attempt(id: UUID) -> str:
        try:
            return str(busy.confirm(id, at).state)
        except SlotTaken:
            return "taken"

    assert together([lambda id=id: attempt(id) for id in ids]) == {"scheduled": 4, "taken": 26}
    assert busy.rows(OVERLAPS) == []


def test_named_and_left_open_together_do_not_wait_for_each_other_for_ever(busy: Office) -> None:
    ids = [busy.approved(str(number)) for number in range(40)]
    at = NOON + timedelta(hours=2)

    def attempt(number: int, id: UUID) -> str:
        named: dict[str, Any] = {"vehicle_id": f"JNZ-{number % 4 + 1}", "officer_ids": (f"PTG-{5 - number % 4}",)}
        try:
            return str(busy.confirm(id, at, **(named if number % 2 else {})).state)
        except SlotTaken:
            return "taken"

    outcomes = together([lambda number=number, id=id: attempt(number, id) for number, id in enumerate(ids)])
    assert outcomes["scheduled"] + outcomes["taken"] == 40 and 1 <= outcomes["scheduled"] <= 4
    assert busy.rows(OVERLAPS) == []


@pytest.mark.parametrize("other", ["approval", "cancellation"])
def test_of_two_decisions_at_once_one_is_true_and_the_other_is_told(busy: Office, other: str) -> None:
    id = busy.approved() if other == "cancellation" else busy.book().id
    slot = busy.slots(id)[0]

    def cancel() -> str:
        return str(busy.ask(asked.CancelBooking(booking_id=id, reason="by_family")).state)

    def approve() -> str:
        return str(busy.ask(asked.ApproveBooking(booking_id=id)).version)

    def confirm() -> str:
        try:
            return str(busy.confirm(id, slot.pickup_at).state)
        except BookingWrongState as refused:
            return str(refused.data.extra["state"])

    if other == "approval":
        assert together([approve, approve]) == {"2": 2}
        assert busy.events().count("booking-approved") == 1
        return
    outcomes = together([confirm, cancel])
    assert outcomes in ({"scheduled": 1, "cancelled": 1}, {"cancelled": 2})
    assert busy.rows("SELECT state FROM booking")[0].state == "cancelled" and busy.reserved() == []


@pytest.mark.parametrize(
    ("resource", "begins", "ends", "refused"),
    [
        ("vehicle:JNZ-1", 0, 60, True),
        ("vehicle:JNZ-1", 59, 90, True),
        ("vehicle:JNZ-1", 60, 90, False),
        ("vehicle:JNZ-1", -10, None, True),
        ("vehicle:JNZ-10", 0, 60, False),
        ("vehicle:jnz-1", 0, 60, False),
    ],
)
def test_the_database_refuses_overlaps_whoever_writes(
    office: Office, resource: str, begins: int, ends: int | None, refused: bool
) -> None:
    statement = text(
        "INSERT INTO reservation (id, resource, begins_at, ends_at, away)"
        " VALUES (:id, :resource, :begins, :ends, false)"
    )

    def insert(resource: str, begins: int, ends: int | None) -> None:
        end = None if ends is None else NOON + timedelta(minutes=ends)
        values = {"id": uuid4(), "resource": resource, "begins": NOON + timedelta(minutes=begins), "ends": end}
        with office.runtime.engine.connect() as connection:
            connection.execute(statement, values)

    insert("vehicle:JNZ-1", 0, 60)
    if not refused:
        return insert(resource, begins, ends)
    with pytest.raises(IntegrityError, match="ex_reservation_no_overlap"):
        insert(resource, begins, ends)


def test_what_the_constraint_refuses_is_tried_again_and_answered_as_a_conflict(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the locks forgotten, the guard behind them would still give a 409 and not a fault."""
    from services.hearse import store

    first, second = office.approved("Satu"), office.approved("Dua")
    named: dict[str, Any] = {"vehicle_id": "JNZ-1", "officer_ids": ("PTG-1",)}
    at = office.slots(first)[0].pickup_at
    office.confirm(first, at, **named)
    looked, real = [0], store.reservation.overlapping

    def blind_once(*args: Any, **more: Any) -> Any:
        looked[0] += 1
        return [] if looked[0] == 1 else real(*args, **more)

    monkeypatch.setattr(store.reservation, "overlapping", blind_once)
    with pytest.raises(Problem) as refused:
        office.confirm(second, at, **named)
    assert isinstance(refused.value, SlotTaken) and looked[0] > 1
