"""Timers in one process: fired when due, once, in their story; a failing one comes back ever later."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.firing import fire_one
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.timers import Timer, due_count, next_due
from chassis.work import Work
from contracts.hearse import BookingDrafted
from tests.support.items import CAUSE, count, item, prepare, rows

START = datetime(2030, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def one(database: Callable[[str], str], clock: Clock) -> Any:
    """A runtime on the test's clock."""
    made = Runtime(Settings(service="umkm", database_url=database("umkm")), clock=clock)
    yield prepare(made)
    made.engine.dispose()


def remind(one: Runtime, kind: str, subject: str, due_at: datetime) -> None:
    def task(work: Work) -> None:
        work.remind(kind, subject, due_at, note="n")
        work.audit(subject)
        work.commit()

    one.run(task, CAUSE)


def ring(work: Work, timer: Timer) -> None:
    """A handler that changes something and tells of it."""
    identifier = work.new_id()
    work.insert(item, id=identifier, code=timer.subject, amount=1)
    work.emit(identifier, 1, BookingDrafted(booking_id=identifier, incident_id=uuid.uuid4(), patient_id=uuid.uuid4()))
    work.audit(identifier)


def broken(work: Work, timer: Timer) -> None:
    ring(work, timer)
    raise RuntimeError("broken")


def test_a_timer_fires_when_due_and_once_in_the_story_that_set_it(one: Runtime, clock: Clock) -> None:
    remind(one, "ring", "A", START + timedelta(seconds=10))
    assert not fire_one(one, {"ring": ring})
    clock.now += timedelta(seconds=10)
    assert fire_one(one, {"ring": ring}) and not fire_one(one, {"ring": ring})
    assert (count(one, "item"), count(one, "timer")) == (1, 0)
    assert rows(one, "audit ORDER BY id DESC LIMIT 1", "action, correlation_id, actor") == [
        ("timer ring", "story", "system")
    ]
    assert rows(one, "outbox", "headers->>'ce-correlationid'") == [("story",)]


def test_the_longest_overdue_comes_first(one: Runtime, clock: Clock) -> None:
    for subject, seconds in (("late", 9), ("early", 1), ("middle", 5)):
        remind(one, "ring", subject, START + timedelta(seconds=seconds))
    clock.now += timedelta(seconds=10)
    while fire_one(one, {"ring": ring}):
        pass
    assert [row[0] for row in rows(one, "item ORDER BY id", "code")] == ["early", "middle", "late"]


def test_a_failing_timer_leaves_nothing_and_comes_back_ever_later(one: Runtime, clock: Clock) -> None:
    remind(one, "broken", "A", START)
    delays = []
    for _ in range(12):
        assert fire_one(one, {"broken": broken})
        assert not fire_one(one, {"broken": broken})  # it does not run hot
        due_at = rows(one, "timer", "due_at")[0][0]
        delays.append((due_at - clock.now).total_seconds())
        clock.now = due_at
    assert delays == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    assert (count(one, "item"), count(one, "outbox")) == (0, 0)
    assert fire_one(one, {"broken": ring}) and count(one, "item") == 1  # mended, it fires


def test_a_failing_timer_does_not_hold_up_the_others(one: Runtime) -> None:
    remind(one, "broken", "A", START - timedelta(seconds=5))
    remind(one, "ring", "B", START)
    while fire_one(one, {"broken": broken, "ring": ring}):
        pass
    assert rows(one, "item", "code") == [("B",)]


def test_a_timer_of_a_kind_that_nobody_handles_stays(one: Runtime) -> None:
    remind(one, "unknown", "A", START)
    assert fire_one(one, {})
    assert rows(one, "timer", "attempts") == [(1,)]


def test_a_handler_may_set_its_own_timer_anew(one: Runtime) -> None:
    def again(work: Work, timer: Timer) -> None:
        work.remind("ring", timer.subject, work.now + timedelta(hours=1))
        work.audit(timer.subject)

    remind(one, "ring", "A", START)
    assert fire_one(one, {"ring": again})
    assert rows(one, "timer", "due_at, attempts") == [(START + timedelta(hours=1), 0)]


def test_a_handler_that_finds_nothing_to_do_ends_its_timer(one: Runtime) -> None:
    remind(one, "ring", "A", START)
    assert fire_one(one, {"ring": lambda work, timer: None})
    assert count(one, "timer") == 0


def test_many_hands_fire_each_timer_once(one: Runtime) -> None:
    for number in range(40):
        remind(one, "ring", str(number), START)

    def fire_all(_: int) -> int:
        fired = 0
        while fire_one(one, {"ring": ring}):
            fired += 1
        return fired

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(fire_all, range(4))) == 40
    assert (count(one, "item"), count(one, "timer")) == (40, 0)


def test_the_wait_until_the_next_one_is_bounded(one: Runtime) -> None:
    limit = timedelta(seconds=1)
    with one.connect() as connection:
        cursor = connection.cursor()
        assert next_due(cursor, START, limit) == 1
        remind(one, "ring", "A", START + timedelta(milliseconds=250))
        assert next_due(cursor, START, limit) == 0.25
        assert next_due(cursor, START + limit, limit) == 0
        assert (due_count(cursor, START), due_count(cursor, START + limit)) == (0, 1)
