"""Killed with kill -9 while times are fixed and clocks fire: one trip, one reservation, each clock once."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT, AFTER_PUBLISH, BEFORE_COMMIT, NAMES, VARIABLE
from contracts import hearse as asked
from contracts.ambulance.events import BodyTransportSettled
from tests.hearse.handlers.test_same_death import death
from tests.hearse.office import Office
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

SCOPES = ["hearse:schedule", "hearse:book", "hearse:trip"]
DUE = "timer WHERE due_at <= now() AND kind <> 'booking-retention'"
Start = Callable[..., ServiceProcess]
Url = Callable[[str], str]


def died(process: ServiceProcess) -> None:
    until(lambda: process.process and process.process.poll() is not None, "the process to die at its failpoint", 30)
    assert process.process is not None and process.process.returncode == -signal.SIGKILL
    del process.environment[VARIABLE]


@pytest.fixture
def present(office: Office) -> Office:
    """Today, as the service's own clock tells it."""
    office.now = datetime.now(UTC)
    return office


@pytest.mark.parametrize("point", NAMES)
@pytest.mark.parametrize("step", ["confirm_booking", "cancel_booking", "apply_moves"])
def test_a_request_that_is_sent_again_is_carried_out_once(
    step: str, point: str, present: Office, service: Start, vhost: Vhost, database: Url
) -> None:
    url, id = database("hearse"), present.approved()
    at = present.now + timedelta(hours=3)
    named: dict[str, Any] = {"vehicle_id": "JNZ-1", "officer_ids": ("PTG-1",)}
    if step != "confirm_booking":
        present.confirm(id, at, **named)
    move = {"booking_id": str(id), "pickup_at": at.isoformat(), "vehicle_id": "JNZ-2", "officer_ids": ["PTG-1"]}
    request: dict[str, Any] = {
        "confirm_booking": {"booking_id": str(id), "pickup_at": at.isoformat(), **named},
        "cancel_booking": {"booking_id": str(id), "reason": "by_family"},
        "apply_moves": {"resource": "vehicle:JNZ-1", "reason": "mogok", "moves": [move]},
    }[step]
    with present.runtime.connect() as connection:  # what was told while the booking was prepared is not what we count
        connection.execute("DELETE FROM outbox")
        connection.execute("DELETE FROM timer")
    process, key = service("hearse", **{VARIABLE: f"{point}:1"}), str(uuid.uuid4())
    with Caller(vhost) as caller:
        sent = caller.send(f"hearse.{step}", request, scopes=SCOPES, idempotency_key=key)
        died(process)
        process.start()
        reply = caller.call(f"hearse.{step}", request, scopes=SCOPES, idempotency_key=key)
        assert reply["error"] is None, reply
        assert sent not in caller.replies or caller.wait(sent)["result"] == reply["result"]
    expected = {"confirm_booking": ("JNZ-1", 2), "cancel_booking": (None, 0), "apply_moves": ("JNZ-2", 3)}[step]
    trips = [row[0] for row in select(url, "SELECT vehicle_id FROM trip WHERE state = 'planned'")]
    assert (next(iter(trips), None), count(url, "reservation")) == expected and len(trips) <= 1
    until(lambda: count(url, "outbox WHERE published_at IS NULL") == 0, "the relay to publish everything")
    told = {"confirm_booking": 1, "cancel_booking": 2, "apply_moves": 2}[step]
    assert count(url, "outbox") == told


def long_ago(office: Office) -> dict[str, Any]:
    """Clocks of five kinds, set two days ago."""
    office.now = datetime.now(UTC) - timedelta(days=2)
    office.tell(death(minutes=0), "draft_from_death")
    held, late = office.approved("Ditahan"), office.approved("Terlambat")
    office.ask(asked.HoldSlot(booking_id=held, pickup_at=office.slots(held)[0].pickup_at))
    trip = office.confirm(late, office.slots(late)[0].pickup_at).trip
    return {"waiting": office.book("Menunggu").id, "held": held, "late": late, "trip": trip}


def assert_each_fired_once(office: Office, url: str, made: dict[str, Any]) -> None:
    kinds = select(url, "SELECT booking_id, kind FROM alert ORDER BY kind")
    waiting, late = made["waiting"], made["late"]
    drafts = {row[0] for row in select(url, "SELECT id FROM booking WHERE state = 'draft'")}
    assert {(id, kind) for id, kind in kinds if kind != "no_vehicle"} == {
        (waiting, "approval_overdue"),
        (late, "arrival_late"),
        (late, "overrun"),
        *((id, "call_next_of_kin") for id in drafts),
    }
    assert count(url, "outbox WHERE type = 'hearse.alert-raised.v1'") == len(kinds)
    assert count(url, "outbox WHERE type = 'hearse.slot-released.v1'") == 1
    assert {row[0] for row in select(url, "SELECT DISTINCT trip_id FROM reservation")} == {made["trip"].id}


@pytest.mark.parametrize("point", [BEFORE_COMMIT, AFTER_COMMIT, AFTER_PUBLISH])
def test_killed_while_clocks_fire(point: str, office: Office, service: Start, database: Url) -> None:
    url = database("hearse")
    process = service("hearse", **{VARIABLE: f"{point}:{1 if point == AFTER_PUBLISH else 3}"})
    made = long_ago(office)
    died(process)
    process.start()
    until(lambda: count(url, DUE) == 0, "all clocks to fire", 30)
    assert_each_fired_once(office, url, made)


def test_told_again_while_it_dies_the_draft_is_one_and_the_family_is_asked_once(
    office: Office, service: Start, vhost: Vhost, database: Url
) -> None:
    url, told = database("hearse"), death()
    process = service("hearse", **{VARIABLE: f"{AFTER_COMMIT}:1"})
    for _ in range(4):
        vhost.publish(told)
    died(process)
    process.start()
    until(lambda: vhost.depth("hearse.events") == 0 and count(url, "inbox") == 4, "all messages to be handled", 30)
    assert (count(url, "booking"), count(url, "outbox WHERE type = 'hearse.next-of-kin-asked.v1'")) == (1, 1)


def test_brought_by_others_while_it_dies_the_booking_ends_once(
    present: Office, service: Start, vhost: Vhost, database: Url
) -> None:
    url, id = database("hearse"), present.approved()
    present.confirm(id, present.now + timedelta(hours=3))
    process = service("hearse", **{VARIABLE: f"{BEFORE_COMMIT}:1"})
    for _ in range(2):
        vhost.publish(BodyTransportSettled(booking_id=id, outcome="partner_hearse"))
    died(process)
    process.start()
    until(lambda: count(url, "inbox") == 2, "both messages to be handled", 30)
    assert select(url, "SELECT state, reason FROM booking") == [("cancelled", "partner_hearse")]
    assert (count(url, "reservation"), count(url, "outbox WHERE type = 'hearse.booking-cancelled.v1'")) == (0, 1)
