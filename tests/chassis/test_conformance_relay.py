"""The relay on a broker that dies in mid-batch, and a relay that dies between publishing and marking."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest

import contracts
from chassis.broker import EVENT_LOG
from contracts.ambulance.events import PatientDeceased
from contracts.envelope import encode, make
from kota.engines import RabbitmqNode, build_definitions, rabbitmq_node
from tests.support.broker import PASSWORDS, Vhost
from tests.support.databases import count, plain, select
from tests.support.processes import ROOT
from tests.support.waiting import until, until_all

from .conftest import Deployment

EVENTS = 2000
INSERT = "COPY outbox (id, type, subject, sequence, headers, body, created_at) FROM STDIN"
MARKING = (
    "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND starts_with(query, 'UPDATE outbox')"
)
RELAY = """
import sys, psycopg, datetime
from chassis.outbox import Relay
Relay(database=lambda: psycopg.connect(sys.argv[1], autocommit=True), amqp_uri=sys.argv[2], service="hearse",
      clock=lambda: datetime.datetime.now(datetime.UTC), on_confirmed=lambda: print("confirmed", flush=True)).lead()
"""


@pytest.fixture(scope="module")
def mortal_node(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[RabbitmqNode]:
    """A node that this module may kill."""
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(folder / "mortal", definitions, PASSWORDS) as node:
        yield node


def fill_outbox(url: str, number: int) -> list[str]:
    """Commit events of deaths, as the ambulance service would; returns their ids."""
    ids = []
    with psycopg.connect(plain(url)) as connection, connection.cursor().copy(INSERT.encode()) as copy:
        for _ in range(number):
            event = PatientDeceased(
                incident_id=uuid.uuid4(), patient_id=uuid.uuid4(), died_at=datetime.now(UTC), pronounced_by="doctor"
            )
            values: dict[str, Any] = {"id": uuid.uuid4(), "subject": "s", "sequence": 1, "time": datetime.now(UTC)}
            envelope = make(event, **values, correlation_id="c")
            headers = orjson.dumps(envelope.headers()).decode()
            copy.write_row((envelope.id, event.type, "s", 1, headers, encode(event).decode(), envelope.time))
            ids.append(str(envelope.id))
    return ids


def read_stream(vhost: Vhost, number: int) -> Counter[str]:
    """How often each id stands in the stream; stops when `number` different ones were seen or after silence."""
    seen: Counter[str] = Counter()
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.basic_qos(0, 500, False)

        def keep(message: Any) -> None:
            seen[message.headers["ce-id"]] += 1
            channel.basic_ack(message.delivery_tag)

        channel.basic_consume(EVENT_LOG, callback=keep, arguments={"x-stream-offset": "first"})
        try:
            while len(seen) < number:
                connection.drain_events(timeout=5)
        except TimeoutError:
            pass
    return seen


@pytest.mark.timeout(300)
def test_a_broker_killed_in_mid_batch_loses_no_event_and_doubles_no_effect(
    mortal_node: RabbitmqNode, deploy: Callable[..., Deployment]
) -> None:
    hearse = deploy("hearse", mortal_node)
    # As administrator: this hearse relays deaths, which only the ambulance service may publish.
    hearse.user = "admin"
    process = hearse.start()
    ids = fill_outbox(hearse.url, EVENTS)
    select(hearse.url, "NOTIFY outbox")
    until(lambda: count(hearse.url, "booking") >= 20, "the first effects")
    mortal_node.kill()
    undone = EVENTS - count(hearse.url, "booking")
    assert undone > 0, "the broker died too late to be in the middle"
    mortal_node.start()
    until_all(lambda: count(hearse.url, "booking"), EVENTS, "every effect")
    until(lambda: hearse.vhost.depth("hearse.events") == 0, "the queue to be empty", limit=30)
    assert count(hearse.url, "outbox WHERE published_at IS NULL AND type = 'ambulance.patient-deceased.v1'") == 0
    assert count(hearse.url, "inbox") == EVENTS and hearse.vhost.depth("hearse.events.dead") == 0
    assert process.is_ready() and hearse.process is process
    until(lambda: count(hearse.url, "outbox WHERE published_at IS NULL") == 0, "its own events", limit=30)
    seen = read_stream(hearse.vhost, 3 * EVENTS)
    assert [each for each in ids if not seen[each]] == []
    assert len(seen) == 3 * EVENTS  # each death, the draft that it caused and the question to the next of kin


def test_a_relay_killed_between_publishing_and_marking_publishes_again(
    deploy: Callable[..., Deployment],
) -> None:
    hearse = deploy("hearse")
    hearse.start().end()  # its queue is there
    ids = fill_outbox(hearse.url, 5)
    arguments = [sys.executable, "-c", RELAY, plain(hearse.url), hearse.vhost.uri("admin")]
    with psycopg.connect(plain(hearse.url)) as blocker:
        blocker.execute("SELECT 1 FROM outbox FOR UPDATE")  # the mark has to wait
        relay = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert relay.stdout is not None and relay.stdout.readline() == "confirmed\n"
            until(lambda: count(hearse.url, MARKING) == 1, "the relay to be marking")
        finally:
            relay.kill()
            relay.wait(10)
            # The server would carry on the mark of a dead client: it dies before its statement, as far as we are told.
            select(hearse.url, f"SELECT pg_terminate_backend(pid) FROM {MARKING}")
    assert count(hearse.url, "outbox WHERE published_at IS NULL") == 5
    hearse.user = "admin"
    hearse.start()
    until(lambda: count(hearse.url, "outbox WHERE published_at IS NULL") == 0, "the next relay to mark them")
    until(lambda: count(hearse.url, "booking") == 5, "every effect")
    until(lambda: hearse.vhost.depth("hearse.events") == 0, "the queue to be empty")
    seen = read_stream(hearse.vhost, 10)
    assert [seen[each] for each in ids] == [2] * 5
    assert (count(hearse.url, "booking"), count(hearse.url, "inbox")) == (5, 5)
