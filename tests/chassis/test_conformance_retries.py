"""A message whose handling fails waits longer each time, then is parked with its reason; poison is parked at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from chassis.broker import ATTEMPT_HEADER, REASON_HEADER, ServiceQueues
from contracts.ambulance.events import PatientDeceased
from contracts.envelope import encode, make
from tests.support.broker import Vhost
from tests.support.databases import away, count
from tests.support.waiting import until

from .conftest import Deployment

QUEUES = ServiceQueues("hearse")
TYPE = "ambulance.patient-deceased.v1"
NIK, NAME = "3671011508959001", "Siti Zulaikha"


@pytest.fixture(scope="module")
def small(deploy: Callable[..., Deployment]) -> Deployment:
    """A hearse with the module's own queues."""
    deployment = deploy("hearse")
    deployment.start()
    return deployment


def death() -> PatientDeceased:
    return PatientDeceased(
        incident_id=uuid.uuid4(), patient_id=uuid.uuid4(), died_at=datetime.now(UTC), pronounced_by="doctor"
    )


def take(vhost: Vhost, queue: str) -> Any:
    """The next message of a queue."""
    with vhost.connect() as connection:
        channel = connection.channel()
        return until(lambda: channel.basic_get(queue, no_ack=True), f"a message in {queue}")


def attempts(deployment: Deployment) -> list[dict[str, Any]]:
    return [line for line in deployment.process.lines() if line["event"] in ("event_retried", "event_parked")]


def test_while_the_database_is_away_a_message_waits_ever_longer_and_is_then_parked(small: Deployment) -> None:
    with away(small.url, small.superuser_url):
        sent = small.vhost.publish(death())
        until(lambda: small.vhost.depth(QUEUES.dead), "the message to be parked")
    parked = take(small.vhost, QUEUES.dead)
    headers = parked.headers
    assert (headers["ce-id"], headers[ATTEMPT_HEADER], headers[REASON_HEADER]) == (str(sent.id), 5, "OperationalError")
    steps = attempts(small)
    assert [line.get("attempt") for line in steps] == [1, 2, 3, 4, 4]
    moments = [datetime.fromisoformat(str(line["at"])) for line in steps]
    waited = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    for least, actual in zip((0.2, 0.4, 0.6, 0.8), waited, strict=True):
        assert least * 0.9 <= actual < least + 3
    assert count(small.url, "booking") == 0


def test_a_message_that_waits_for_its_retry_is_applied_when_the_database_is_back(small: Deployment) -> None:
    retried = f'kota_events_retried_total{{type="{TYPE}"}}'
    before, event = small.process.metric(retried), death()
    with away(small.url, small.superuser_url):
        small.vhost.publish(event)
        until(lambda: small.process.metric(retried) > before, "a retry")
    until(lambda: count(small.url, f"booking WHERE patient_id = '{event.patient_id}'") == 1, "the draft")
    assert small.vhost.depth(QUEUES.dead) == 0


def valid() -> tuple[dict[str, Any], bytes]:
    event = death()
    values = {"id": uuid.uuid4(), "subject": "s", "sequence": 1, "time": datetime.now(UTC), "correlation_id": "c"}
    return dict(make(event, **values).headers()), encode(event)


def without(name: str) -> dict[str, Any]:
    headers, _ = valid()
    del headers[name]
    return headers


GOOD_HEADERS, GOOD_BODY = valid()
POISON: dict[str, tuple[dict[str, Any], bytes, str]] = {
    "not JSON": (GOOD_HEADERS, f"{NAME} {NIK}".encode(), "body does not fit"),
    "not UTF-8": (GOOD_HEADERS, b"\xff\xfe\x00", "body does not fit"),
    "nothing": (GOOD_HEADERS, b"", "body does not fit"),
    "wrong body": (GOOD_HEADERS, f'{{"incident_id": "{NIK}", "patient_id": "{NAME}"}}'.encode(), "incident_id"),
    "unknown version": ({**GOOD_HEADERS, "ce-type": "ambulance.patient-deceased.v9"}, GOOD_BODY, "nobody here handles"),
    "no headers": ({}, GOOD_BODY, "nobody here handles"),
    "no id": (without("ce-id"), GOOD_BODY, "id: Field required"),
    "no time": (without("ce-time"), GOOD_BODY, "time: Field required"),
    "id of another kind": ({**GOOD_HEADERS, "ce-id": NIK}, GOOD_BODY, "id: "),
    "another specification": ({**GOOD_HEADERS, "ce-specversion": "2.0"}, GOOD_BODY, "specversion: "),
    "sequence no number": ({**GOOD_HEADERS, "ce-sequence": NAME}, GOOD_BODY, "sequence: "),
    "numbers as texts": ({**GOOD_HEADERS, "ce-subject": 7, "ce-id": 8}, GOOD_BODY, "id: "),
}


@pytest.mark.parametrize("kind", POISON)
def test_poison_is_parked_at_once_with_a_reason_that_names_nobody(small: Deployment, kind: str) -> None:
    headers, body, reason = POISON[kind]
    small.vhost.publish_raw(body, headers, TYPE)
    parked = take(small.vhost, QUEUES.dead)
    assert reason in parked.headers[REASON_HEADER]
    assert NIK not in parked.headers[REASON_HEADER] and NAME not in parked.headers[REASON_HEADER]
    kept = parked.body if isinstance(parked.body, bytes) else parked.body.encode()
    assert parked.headers[ATTEMPT_HEADER] == 1 and kept == body
    assert NIK not in small.process.text() and NAME not in small.process.text()


def test_poison_does_not_hold_up_what_comes_after(small: Deployment) -> None:
    process, event = small.process, death()
    for headers, body, _ in POISON.values():
        small.vhost.publish_raw(body, headers, TYPE)
    small.vhost.publish(event)
    until(lambda: count(small.url, f"booking WHERE patient_id = '{event.patient_id}'") == 1, "the draft")
    until(lambda: small.vhost.depth(QUEUES.dead) == len(POISON), "the poison to be parked")
    assert small.process is process


def test_a_copy_that_no_queue_takes_is_not_lost(small: Deployment) -> None:
    """The waiting queue is gone: the message stays where it is, and the process lives."""
    process, event = small.process, death()
    with small.vhost.connect() as connection:
        connection.channel().queue_unbind(QUEUES.retry(0.2), QUEUES.delay, "200ms")
        with away(small.url, small.superuser_url):
            small.vhost.publish(event)
            until(lambda: "settling_failed" in process.text(), "the failed copy")
        connection.channel().queue_bind(QUEUES.retry(0.2), QUEUES.delay, "200ms")
    until(lambda: count(small.url, f"booking WHERE patient_id = '{event.patient_id}'") == 1, "the draft")
    assert small.process is process


def test_an_unroutable_event_is_kept_and_shown(small: Deployment) -> None:
    with small.vhost.connect() as connection:
        connection.channel().queue_unbind("city.events.log", "city.events", "*.*.*")
        small.vhost.publish_raw(b"{}", {}, "hearse.unheard-of.v1")
        connection.channel().queue_bind("city.events.log", "city.events", "*.*.*")
    until(lambda: small.process.metric("kota_unrouted_messages") == 1, "the metric")
    assert small.vhost.depth("city.unrouted") == 1
