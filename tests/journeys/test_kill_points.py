"""Killed at each of the four points, with kill -9: nothing is lost, nothing doubled."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.failpoints import AFTER_PUBLISH, NAMES, VARIABLE
from contracts.ambulance.events import PatientDeceased
from kota.simulate.reconcile.stream import count_ids
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

DEATHS = 5
SCOPES = ["ambulance:report", "ambulance:read"]
INCIDENT = {"channel": "call", "kind": "medical", "patients": 1, "complaint": "sesak napas"}
READ_SECONDS = 20.0
Start = Callable[..., ServiceProcess]
Url = Callable[[str], str]


def nth(point: str, wanted: int) -> str:
    """In the middle of the work; the relay publishes many events at one pass."""
    return f"{point}:{1 if point == AFTER_PUBLISH else wanted}"


def died(process: ServiceProcess) -> None:
    """It must have been its own end, not the test's."""
    assert process.process is not None
    until(lambda: process.process and process.process.poll() is not None, "the process to die at its failpoint")
    assert process.process.returncode == -signal.SIGKILL


def again(process: ServiceProcess) -> None:
    """What a supervisor does after a crash, without the failpoint."""
    del process.environment[VARIABLE]
    process.start()


def assert_published_once(url: str, vhost: Vhost, since: datetime, events: int) -> None:
    """Every event of the outbox is marked, and in the stream; only a kill before the mark may send it again."""
    until(lambda: count(url, "outbox WHERE published_at IS NULL") == 0, "the relay to publish everything")
    ids = {str(row[0]) for row in select(url, "SELECT id FROM outbox")}
    assert len(ids) == events
    seen = count_ids(vhost.uri("kota"), since, ids, READ_SECONDS)
    assert ids <= seen.keys()


@pytest.mark.parametrize("point", NAMES)
def test_events_survive(point: str, service: Start, vhost: Vhost, database: Url) -> None:
    since, url = datetime.now(UTC) - timedelta(minutes=1), database("hearse")
    hearse = service("hearse", **{VARIABLE: nth(point, 3)})
    deaths = [death() for _ in range(DEATHS)]
    for event in deaths:
        vhost.publish(event)
    died(hearse)
    again(hearse)
    until(lambda: count(url, "booking") == DEATHS, "all bookings")
    assert_published_once(url, vhost, since, 2 * DEATHS)  # the draft, and the question to the next of kin
    hearse.signal(signal.SIGTERM)
    assert hearse.wait() == 0
    left = {queue: vhost.depth(f"hearse.events{queue}") for queue in ("", ".dead", ".retry.1s", ".retry.10s")}
    assert set(left.values()) == {0}, left
    booked = {row[0] for row in select(url, "SELECT patient_id FROM booking")}
    assert booked == {event.patient_id for event in deaths}
    assert [count(url, table) for table in ("booking", "inbox", "audit")] == [DEATHS, DEATHS, DEATHS]


def death() -> PatientDeceased:
    """A confirmed death of nobody."""
    return PatientDeceased(
        incident_id=uuid.uuid4(), patient_id=uuid.uuid4(), died_at=datetime.now(UTC), pronounced_by="doctor"
    )


@pytest.mark.parametrize("point", NAMES)
def test_a_request_that_is_sent_again_is_carried_out_once(
    point: str, service: Start, vhost: Vhost, database: Url
) -> None:
    since, url, key = datetime.now(UTC) - timedelta(minutes=1), database("ambulance"), str(uuid.uuid4())
    ambulance = service("ambulance", **{VARIABLE: nth(point, 1)})
    with Caller(vhost) as caller:
        first = open_incident(caller, key)
        died(ambulance)
        again(ambulance)
        reply = caller.wait(open_incident(caller, key))
        assert reply["error"] is None, reply
        assert first not in caller.replies or result(caller, first) == reply["result"]
        assert caller.wait(open_incident(caller, key))["result"] == reply["result"]
    rows = ("incident", "contact", "inbox", "audit WHERE action = 'ambulance.open_incident'")
    assert [count(url, row) for row in rows] == [1, 1, 1, 1]
    assert str(select(url, "SELECT id FROM incident")[0][0]) == reply["result"]["id"]
    assert_published_once(url, vhost, since, 1)


TAPS = 3


@pytest.mark.parametrize("point", NAMES)
def test_a_request_without_a_key_that_goes_to_a_second_process_is_carried_out_once(
    point: str, service: Start, vhost: Vhost, database: Url
) -> None:
    """With one process the queue vanishes with it; with two the broker gives the request to the other."""
    url = database("ambulance")
    dying = service("ambulance", **{VARIABLE: nth(point, 2)})
    service("ambulance")
    asked = {"ambulance.open_incident": INCIDENT, "ambulance.record_contact": {"complaint": "sesak napas"}}
    with Caller(vhost) as caller:
        sent = [caller.send(operation, asked[operation], scopes=SCOPES) for operation in [*asked] * TAPS]
        replies = [caller.wait(each) for each in sent]
        died(dying)
    assert [reply["error"] for reply in replies] == [None] * len(sent)
    shown = {reply["result"]["id"] for reply in replies}
    made = select(url, "SELECT id FROM incident UNION SELECT id FROM contact WHERE incident_id IS NULL")
    assert shown == {str(row[0]) for row in made} and len(shown) == len(sent)


def open_incident(caller: Caller, key: str) -> str:
    """The same request with the same key, as a client's retry; returns the id of this try."""
    return caller.send("ambulance.open_incident", INCIDENT, scopes=SCOPES, idempotency_key=key)


def result(caller: Caller, request_id: str) -> Any:
    """What a reply that has come said."""
    return caller.wait(request_id)["result"]
