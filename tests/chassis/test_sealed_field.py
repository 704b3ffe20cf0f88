"""What is sealed in an event reaches the one service that it is for, and nobody and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.broker import EVENT_LOG, ServiceQueues
from chassis.declaring import declare_queues
from chassis.runtime import Runtime
from chassis.work import Cause, Work
from contracts.ambulance.events import PatientDeceased
from contracts.ambulance.sealed import DeathDetails
from contracts.context import SYSTEM
from contracts.envelope import encode
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.waiting import until

PHONE = "+6281290009001"
UNREADABLE = 'kota_sealed_unreadable_total{type="ambulance.patient-deceased.v1"}'


def death() -> PatientDeceased:
    return PatientDeceased(
        incident_id=uuid.uuid4(),
        patient_id=uuid.uuid4(),
        died_at=datetime.now(UTC),
        pronounced_by="doctor",
        sealed=DeathDetails(next_of_kin_phone=PHONE),
    )


def emit(runtime: Runtime, *events: PatientDeceased) -> None:
    def task(work: Work) -> None:
        work.emit("s", 1, *events)
        work.audit("s")
        work.commit()

    runtime.run(task, Cause(actor=SYSTEM, action="test", correlation_id="c"))


def log_of(vhost: Vhost) -> list[Any]:
    """Everything in the stream so far."""
    found: list[Any] = []
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.basic_qos(0, 100, False)
        channel.basic_consume(EVENT_LOG, callback=found.append, arguments={"x-stream-offset": "first"})
        while True:
            try:
                connection.drain_events(timeout=1)
            except TimeoutError:
                return found


def test_it_reaches_one_service_and_stays_nowhere(
    service: Callable[..., ServiceProcess],
    runtime: Callable[[str], Runtime],
    vhost: Vhost,
    database: Callable[[str], str],
) -> None:
    service("hearse")
    service("education")
    emit(runtime("ambulance"), death())
    kept = select(database("ambulance"), "SELECT sealed, headers::text || body FROM outbox")
    assert kept[0][0] and PHONE[3:] not in "".join(kept[0])
    service("ambulance")
    drafted = "booking WHERE reporter_phone IS NOT NULL"
    until(lambda: count(database("hearse"), drafted) == 1, "the draft with a number")
    until(lambda: count(database("ambulance"), "outbox WHERE published_at IS NOT NULL") == 1, "the mark")
    assert count(database("ambulance"), "outbox WHERE sealed IS NOT NULL") == 0
    logged = [message for message in log_of(vhost) if message.headers["ce-type"] == "ambulance.patient-deceased.v1"]
    assert len(logged) == 1 and "ce-sealed" not in logged[0].headers
    assert count(database("hearse"), "inbox") == 1 and vhost.depth("city.unrouted") == 0


@pytest.mark.parametrize("age", [timedelta(days=1, minutes=1), None], ids=["too old", "no letter"])
def test_what_does_not_open_is_left_out_and_counted(
    service: Callable[..., ServiceProcess],
    runtime: Callable[[str], Runtime],
    vhost: Vhost,
    database: Callable[[str], str],
    age: timedelta | None,
) -> None:
    """The fact is applied all the same: somebody has to be asked."""
    event, id = death(), uuid.uuid4()
    written = runtime("ambulance").letters.seal({}, "hearse", id, datetime.now(UTC) - age) if age else "x.y"
    hearse = service("hearse")
    vhost.publish(event, id=id, sealed=written)
    until(lambda: count(database("hearse"), "booking WHERE reporter_phone IS NULL") == 1, "the draft")
    until(lambda: hearse.metric(UNREADABLE) == 1, "the metric")
    assert "sealed_field_unreadable" in hearse.text() and vhost.depth("hearse.events.dead") == 0


def test_as_an_older_version_listened_it_listens_no_more(service: Callable[..., ServiceProcess], vhost: Vhost) -> None:
    """Both copies have one message id: if the one without what is sealed came first, the other would be a duplicate."""
    kind, queue = PatientDeceased.type, "hearse.events"
    with vhost.connect("hearse") as connection:
        declare_queues(connection.connection, ServiceQueues("hearse"), [], ())
        connection.channel().queue_bind(queue, "city.events", kind)
    service("hearse")
    with vhost.node.management as management:
        keys = {one["routing_key"] for one in management.bindings(vhost.name) if one["destination"] == queue}
    assert f"{kind}.sealed.hearse" in keys and kind not in keys


def test_for_a_service_that_never_ran_it_is_kept_and_shown(
    service: Callable[..., ServiceProcess],
    runtime: Callable[[str], Runtime],
    vhost: Vhost,
    database: Callable[[str], str],
) -> None:
    ambulance = service("ambulance")
    emit(runtime("ambulance"), death())
    until(lambda: count(database("ambulance"), "outbox WHERE published_at IS NOT NULL") == 1, "the mark")
    until(lambda: ambulance.metric("kota_unrouted_messages") == 1, "the metric")
    assert vhost.depth("city.unrouted") == 1


def test_in_the_body_it_is_nobodys() -> None:
    assert PHONE[3:] not in encode(death()).decode()
    assert PHONE[3:] not in repr(death())
