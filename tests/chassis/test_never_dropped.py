"""Nothing is lost by looking, by giving back or by crashes: RabbitMQ 4 drops what came back twenty times, if let."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import amqp
import pytest

from chassis.broker import AGAIN, DEAD, ServiceQueues
from chassis.declaring import declare_queues
from contracts.ambulance.events import PatientDeceased
from kota.dead import queue
from tests.support.broker import Vhost
from tests.support.databases import count
from tests.support.processes import ServiceProcess
from tests.support.waiting import until

QUEUES = ServiceQueues("hearse")
TYPE = "ambulance.patient-deceased.v1"
MORE_THAN_TWENTY = 25


@pytest.fixture(params=["declared today", "declared by an older version"])
def declared(request: pytest.FixtureRequest, vhost: Vhost) -> Vhost:
    """The queues of a service; an older version gave them no limit of their own."""
    with vhost.connect() as connection:
        if "older" in request.param:
            channel = connection.channel()
            for name in (QUEUES.events, QUEUES.dead):
                channel.queue_declare(name, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        declare_queues(connection.connection, QUEUES, [TYPE], (1,))
    return vhost


def put(vhost: Vhost, key: str) -> None:
    """A message through the service's own exchange."""
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message("{}", delivery_mode=2), QUEUES.delay, key)


def test_a_parked_message_outlives_any_number_of_looks(declared: Vhost) -> None:
    put(declared, DEAD)
    for _ in range(MORE_THAN_TWENTY):
        with queue.parked(declared.uri("kota"), "hearse") as (_, messages):
            assert len(messages) == 1
    until(lambda: declared.depth(QUEUES.dead) == 1, "the message to be back")


def test_an_event_outlives_any_number_of_crashes(declared: Vhost) -> None:
    put(declared, AGAIN)
    for _ in range(MORE_THAN_TWENTY):
        with declared.connect() as connection:  # taken, and never acked: what a crash leaves
            channel = connection.channel()
            assert until(lambda channel=channel: channel.basic_get(QUEUES.events), "the event to come again")
    until(lambda: declared.depth(QUEUES.events) == 1, "the event to be back")


def test_other_waiting_times_are_other_queues(
    service: Callable[..., ServiceProcess], vhost: Vhost, database: Callable[[str], str]
) -> None:
    """A queue's time can't be changed: with the same name the broker would refuse it, and no event would be taken."""
    url = database("hearse")
    for number, seconds in enumerate(("[0.2, 1]", "[0.3, 2, 60]"), start=1):
        process = service("hearse", RETRY_SECONDS=seconds)
        vhost.publish(
            PatientDeceased(
                incident_id=uuid.uuid4(), patient_id=uuid.uuid4(), died_at=datetime.now(UTC), pronounced_by="doctor"
            )
        )
        until(lambda wanted=number: count(url, "booking") == wanted, "the booking")
        process.end()
