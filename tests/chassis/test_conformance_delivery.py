"""Delivered twice, in another order, to processes that stop or die: applied once."""

from __future__ import annotations

import random
import signal
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts.ambulance.events import UnitStatusChanged
from contracts.ambulance.values import UnitState
from contracts.hearse import BookingDrafted
from tests.support.databases import count, gate_closed, select, waiting_at_gate
from tests.support.rpc import Caller
from tests.support.waiting import until

from .conftest import Deployment

STATES = list(UnitState)


def drafted() -> BookingDrafted:
    return BookingDrafted(booking_id=uuid.uuid4(), incident_id=uuid.uuid4(), patient_id=uuid.uuid4())


def handled(deployment: Deployment, event_type: str, outcome: str) -> float:
    line = f'kota_events_handled_total{{outcome="{outcome}",type="{event_type}"}}'
    return sum(
        process.metric(line) for process in deployment.processes if process.process and process.process.poll() is None
    )


def test_duplicates_in_any_order_are_applied_once(sample: Deployment) -> None:
    events = [(drafted(), uuid.uuid4()) for _ in range(10)]
    shuffled = events * 3
    random.Random(7).shuffle(shuffled)
    for event, message_id in shuffled:
        sample.vhost.publish(event, id=message_id)
    total = lambda: sum(handled(sample, BookingDrafted.type, each) for each in ("applied", "duplicate"))  # noqa: E731
    until(lambda: total() >= 30, "thirty deliveries")
    assert sorted(select(sample.url, "SELECT subject FROM seen WHERE kind = 'fact'")) == sorted(
        (str(event.patient_id),) for event, _ in events
    )


def test_an_older_snapshot_is_skipped_and_a_newer_applied(sample: Deployment) -> None:
    unit = f"unit-{uuid.uuid4()}"
    before = handled(sample, UnitStatusChanged.type, "applied")
    for number, sequence in enumerate((3, 1, 2, 3, 5, 4), start=1):
        event = UnitStatusChanged(unit_id=unit, state=STATES[number % len(STATES)])
        sample.vhost.publish(event, subject=unit, sequence=sequence)
        so_far = before + number
        until(lambda so_far=so_far: handled(sample, UnitStatusChanged.type, "applied") == so_far, "the delivery")
    applied = [
        row[0].split()[1] for row in select(sample.url, "SELECT subject FROM seen WHERE kind = 'snapshot' ORDER BY id")
    ]
    assert applied == [STATES[1 % len(STATES)].value, STATES[5 % len(STATES)].value]
    assert select(sample.url, "SELECT sequence FROM snapshot WHERE subject = %s", unit) == [(5,)]


def test_snapshots_of_other_subjects_do_not_hide_each_other(sample: Deployment) -> None:
    units = [f"unit-{uuid.uuid4()}" for _ in range(2)]
    for sequence, unit in zip((9, 1), units, strict=True):
        sample.vhost.publish(UnitStatusChanged(unit_id=unit, state=STATES[0]), subject=unit, sequence=sequence)
    until(lambda: all(count(sample.url, f"seen WHERE subject LIKE '{unit}%'") == 1 for unit in units), "both")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_a_process_finishes_what_it_has_begun(sample: Deployment, number: signal.Signals) -> None:
    process, mark = sample.process, uuid.uuid4().hex
    facts = [drafted() for _ in range(2)]
    with Caller(sample.vhost) as caller:
        with gate_closed(sample.url):
            requests = [caller.send("sample.note", {"subject": f"{mark}-{each}"}) for each in range(2)]
            for event in facts:
                sample.vhost.publish(event)
            until(lambda: waiting_at_gate(sample.url) == 4, "four at work")
            process.signal(number)
            until(lambda: "takes_no_more_events" in process.text(), "the process to take no more", limit=8)
            assert process.process is not None and process.process.poll() is None
        assert all(caller.wait(request)["error"] is None for request in requests)
    assert process.wait(15) == 0
    done = f"seen WHERE subject LIKE '{mark}%' OR subject IN ('{facts[0].patient_id}', '{facts[1].patient_id}')"
    assert count(sample.url, done) == 4
    assert sample.vhost.depth("sample.events") == 0
    assert '"level":"critical"' not in process.text() and "Traceback" not in process.text()


def test_killed_at_work_everything_is_delivered_again_and_applied_once(sample: Deployment) -> None:
    process, facts = sample.process, [drafted() for _ in range(4)]
    with gate_closed(sample.url):
        for event in facts:
            sample.vhost.publish(event)
        until(lambda: waiting_at_gate(sample.url) == 4, "four at work")
        process.kill()
    sample.start()
    names = "', '".join(str(event.patient_id) for event in facts)
    until(lambda: count(sample.url, f"seen WHERE subject IN ('{names}')") == 4, "all four")
    until(
        lambda: (
            handled(sample, BookingDrafted.type, "applied") + handled(sample, BookingDrafted.type, "duplicate") == 4
        ),
        "acks",
    )
    assert count(sample.url, f"seen WHERE subject IN ('{names}')") == 4


def test_two_processes_share_the_work_and_the_relay_has_one_leader(sample: Deployment) -> None:
    first, second = sample.process, sample.start()
    with Caller(sample.vhost) as caller, ThreadPoolExecutor(1):
        for number in range(10):
            assert caller.call("sample.note", {"subject": f"leader-{number}", "publish": 5})["error"] is None
    published = "outbox WHERE published_at IS NOT NULL"
    until(lambda: count(sample.url, "outbox WHERE published_at IS NULL") == 0, "all published")
    shares = sorted(each.metric("kota_outbox_published_total") for each in (first, second))
    assert shares[0] == 0 and shares[1] == 50 and count(sample.url, published) == 50
    leader = max((first, second), key=lambda each: each.metric("kota_outbox_published_total"))
    leader.kill()
    with Caller(sample.vhost) as caller:
        assert caller.call("sample.note", {"subject": "fail-over", "publish": 5})["error"] is None
    until(lambda: count(sample.url, published) == 55, "the other to lead")
    until(lambda: count(sample.url, "seen WHERE kind = 'fact'") >= 55, "the events to be applied")


def test_two_processes_fire_a_timer_once_and_a_killed_one_loses_none(sample: Deployment) -> None:
    first, _second = sample.process, sample.start()
    with Caller(sample.vhost) as caller, gate_closed(sample.url):
        rows = ", ".join(f"(gen_random_uuid(), 'ring', 'timer-{each}', now(), '{{}}', 'c')" for each in range(10))
        select(sample.url, f"INSERT INTO timer (id, kind, subject, due_at, payload, correlation_id) VALUES {rows}")
        until(lambda: waiting_at_gate(sample.url) == 2, "both to be at a timer")
        first.kill()
        assert caller.connection.connected
    until(lambda: count(sample.url, "timer") == 0, "all to fire")
    fired = select(sample.url, "SELECT subject FROM seen WHERE kind = 'timer' ORDER BY subject")
    assert fired == [(f"timer-{each}",) for each in range(10)]


def test_what_arrives_while_a_process_stops_waits_for_the_next_one(sample: Deployment) -> None:
    process, event, late = sample.process, drafted(), drafted()
    with gate_closed(sample.url):
        sample.vhost.publish(event)
        until(lambda: waiting_at_gate(sample.url) >= 1, "one at work")
        for each in sample.processes:
            if each.process is not None and each.process.poll() is None:
                each.signal(signal.SIGTERM)
        until(lambda: "takes_no_more_events" in process.text(), "the process to take no more", limit=8)
        sample.vhost.publish(late)
    assert process.wait(15) == 0
    assert (sample.vhost.depth("sample.events"), sample.vhost.depth("sample.events.dead")) == (1, 0)
    sample.start()
    until(lambda: count(sample.url, f"seen WHERE subject = '{late.patient_id}'") == 1, "the late one to be applied")
