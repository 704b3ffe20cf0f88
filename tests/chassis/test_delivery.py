"""Events on a real broker: applied once, tried again after faults, parked with a reason, none lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg

from contracts.ambulance.events import PatientDeceased
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.waiting import until


def death() -> PatientDeceased:
    """A confirmed death of nobody."""
    return PatientDeceased(
        incident_id=uuid.uuid4(), patient_id=uuid.uuid4(), died_at=datetime.now(UTC), pronounced_by="doctor"
    )


def count(url: str, table: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        assert row
        return int(row[0])


def test_an_event_is_applied_and_its_consequence_published(
    service: Callable[..., ServiceProcess], vhost: Vhost, database: Callable[[str], str]
) -> None:
    service("hearse")
    vhost.publish(death())
    until(lambda: count(database("hearse"), "booking") == 1, "the draft booking")
    until(lambda: count(database("hearse"), "outbox WHERE published_at IS NOT NULL") == 2, "the published events")
    until(lambda: count(database("hearse"), "audit_seal") == 1, "the sealed audit row")


def test_the_same_event_twice_is_applied_once(
    service: Callable[..., ServiceProcess], vhost: Vhost, database: Callable[[str], str]
) -> None:
    hearse = service("hearse")
    event, message_id = death(), uuid.uuid4()
    for _ in range(5):
        vhost.publish(event, id=message_id)
    handled = 'kota_events_handled_total{outcome="%s",type="ambulance.patient-deceased.v1"}'
    until(lambda: hearse.metric(handled % "applied") + hearse.metric(handled % "duplicate") == 5, "five deliveries")
    assert count(database("hearse"), "booking") == 1
    assert count(database("hearse"), "inbox") == 1
