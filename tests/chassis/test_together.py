"""Events that wait are applied several at a time: each once, and none is harmed by another."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Callable
from datetime import date

import pytest

from contracts.ambulance.events import UnitStatusChanged
from contracts.hearse import BookingDrafted, DeathRecorded
from tests.support.databases import count, gate_closed, select, waiting_at_gate
from tests.support.waiting import until

from .conftest import Deployment

WORKERS = 3


@pytest.fixture(scope="module")
def busy(deploy: Callable[..., Deployment]) -> Deployment:
    deployment = deploy("sample")
    deployment.start(EVENT_WORKERS=str(WORKERS))
    return deployment


def drafted() -> BookingDrafted:
    return BookingDrafted(booking_id=uuid.uuid4(), incident_id=uuid.uuid4(), patient_id=uuid.uuid4())


def applied(busy: Deployment, event: BookingDrafted) -> int:
    return count(busy.url, f"seen WHERE kind = 'fact' AND subject = '{event.patient_id}'")


def held_up(busy: Deployment) -> list[BookingDrafted]:
    """As many as there are workers, each of them waiting inside its handler."""
    first = [drafted() for _ in range(WORKERS)]
    for event in first:
        busy.vhost.publish(event)
    until(lambda: waiting_at_gate(busy.url) == WORKERS, "all workers to be busy")
    return first


def test_what_waits_shares_a_transaction(busy: Deployment) -> None:
    with gate_closed(busy.url):
        events = [*held_up(busy), *(drafted() for _ in range(20))]
        for event in events[WORKERS:]:
            busy.vhost.publish(event)
        until(lambda: busy.vhost.depth("sample.events") == 0, "all to be taken")
    until(lambda: all(applied(busy, event) == 1 for event in events), "all to be applied")
    ids = "SELECT subject, id, xmin::text FROM seen WHERE kind = 'fact'"
    transactions = {row[2] for row in select(busy.url, ids) if row[0] in {str(one.patient_id) for one in events}}
    assert len(transactions) <= WORKERS + 20 // 4
    audited = f"audit WHERE subject IN ({', '.join(f'{chr(39)}{one.patient_id}{chr(39)}' for one in events)})"
    assert count(busy.url, audited) == len(events)


def test_nobody_waits_for_a_neighbour_while_a_worker_is_free(busy: Deployment) -> None:
    events = [drafted() for _ in range(WORKERS)]
    with gate_closed(busy.url):
        busy.process.signal(signal.SIGSTOP)  # so that they arrive in one breath
        try:
            for event in events:
                busy.vhost.publish(event)
        finally:
            busy.process.signal(signal.SIGCONT)
        until(lambda: waiting_at_gate(busy.url) == WORKERS, "each worker to have one")
    until(lambda: all(applied(busy, event) == 1 for event in events), "all to be applied")


def test_a_poison_message_takes_no_neighbour_down(busy: Deployment) -> None:
    poison = DeathRecorded(booking_id=uuid.uuid4(), person_key="not a number", died_on=date(2030, 1, 1))
    with gate_closed(busy.url):
        events = [*held_up(busy), *(drafted() for _ in range(6))]
        for event in events[WORKERS : WORKERS + 3]:
            busy.vhost.publish(event)
        busy.vhost.publish(poison)
        for event in events[WORKERS + 3 :]:
            busy.vhost.publish(event)
        until(lambda: busy.vhost.depth("sample.events") == 0, "all to be taken")
    until(lambda: all(applied(busy, event) == 1 for event in events), "all others to be applied")
    until(lambda: busy.vhost.depth("sample.events.dead") == 1, "the poison to be parked after its tries", 20)


def test_one_that_comes_twice_at_once_is_applied_once(busy: Deployment) -> None:
    twice, other = drafted(), drafted()
    same = uuid.uuid4()
    with gate_closed(busy.url):
        first = held_up(busy)
        for _ in range(2):
            busy.vhost.publish(twice, id=same)
        busy.vhost.publish(other)
        until(lambda: busy.vhost.depth("sample.events") == 0, "all to be taken")
    until(lambda: all(applied(busy, event) == 1 for event in (*first, twice, other)), "all to be applied")
    known = f'kota_events_handled_total{{outcome="duplicate",type="{BookingDrafted.type}"}}'
    until(lambda: busy.process.metric(known) == 1, "the second one to be known")
    assert applied(busy, twice) == 1


def test_of_two_states_at_once_the_newer_one_stays(busy: Deployment) -> None:
    states = [UnitStatusChanged(unit_id="AMB-77", state=state) for state in ("available", "off_duty")]
    with gate_closed(busy.url):
        held_up(busy)
        for event, sequence in zip(reversed(states), (9, 8), strict=True):
            busy.vhost.publish(event, subject="AMB-77", sequence=sequence)
        until(lambda: busy.vhost.depth("sample.events") == 0, "both to be taken")
    until(lambda: waiting_at_gate(busy.url) == 0 and count(busy.url, "seen WHERE subject LIKE 'AMB-77 %'") == 1, "it")
    until(lambda: count(busy.url, "inbox WHERE consumer = 'sample.events'") >= 2, "both to be done")
    assert select(busy.url, "SELECT subject FROM seen WHERE subject LIKE 'AMB-77 %'") == [("AMB-77 off_duty",)]
