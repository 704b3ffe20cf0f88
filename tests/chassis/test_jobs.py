"""Long work: leased, renewed, done once; what dies is begun again, and given up after too many times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.firing import fire_one
from chassis.jobs import LEASE, TRIES, Job, JobKind, LeaseLost, give_back, kinds_of, lease, perform, still_there
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.timers import Timer, next_due
from chassis.work import Work
from tests.support.items import CAUSE, item, prepare

START = datetime(2030, 1, 1, tzinfo=UTC)


class Office:
    """A runtime on a clock that the test moves, and what became of the work."""

    def __init__(self, database: str) -> None:
        self.now = START
        self.runtime = prepare(Runtime(Settings(service="umkm", database_url=database), clock=lambda: self.now))
        self.gave_up: list[str] = []

    def ask_for(self, subject: str) -> None:
        """There is work to do."""

        def task(work: Work) -> None:
            work.remind("count", subject, self.now)
            work.audit(subject)
            work.commit()

        self.runtime.run(task, CAUSE)

    def take(self) -> Timer | None:
        """The next piece of work, leased."""
        return lease(self.runtime, ("count",))

    def kind(self, work: Callable[[Job], None]) -> JobKind:
        """How it is done."""
        return JobKind(work, self._give_up, megabytes=100)

    def _give_up(self, work: Work, timer: Timer) -> None:
        self.gave_up.append(timer.subject)
        work.audit(timer.subject, gave_up=True)


@pytest.fixture
def office(database: Callable[[str], str]) -> Any:
    made = Office(database("umkm"))
    yield made
    made.runtime.engine.dispose()


def counted(job: Job) -> None:
    """Work that changes something on the way and at its end."""
    for code in ("begun", "done"):

        def task(work: Work, code: str = code) -> None:
            work.insert(item, id=work.new_id(), code=f"{job.subject} {code} {job.timer.attempts}", amount=1)
            work.audit(job.subject, code=code)

        (job.finish if code == "done" else job.run)(task)


def codes(office: Office) -> list[str]:
    """What was done, in order."""
    with office.runtime.engine.connect() as connection:
        return [row.code for row in connection.execute(item.select().order_by(item.c.id))]


def test_it_is_done_once_and_gone(office: Office) -> None:
    office.ask_for("a")
    timer = office.take()
    assert timer is not None and timer.attempts == 1
    assert office.take() is None, "leased"
    perform(office.runtime, office.kind(counted), timer)
    assert codes(office) == ["a begun 1", "a done 1"]
    office.now += 2 * LEASE
    assert office.take() is None and still_there(office.runtime, timer.id) is None


def test_a_lease_that_nobody_renews_ends_and_the_first_can_not_finish_any_more(office: Office) -> None:
    office.ask_for("a")
    first = office.take()
    assert first is not None
    office.now += LEASE - timedelta(seconds=1)
    assert office.take() is None
    assert Job(office.runtime, first).renew()
    office.now += LEASE - timedelta(seconds=1)
    assert office.take() is None, "it was renewed"
    office.now += timedelta(seconds=2)
    second = office.take()
    assert second is not None and second.attempts == 2
    assert not Job(office.runtime, first).renew()
    with pytest.raises(LeaseLost):
        perform(office.runtime, office.kind(counted), first)
    assert codes(office) == [], "nothing of what it does now is committed"
    perform(office.runtime, office.kind(counted), second)
    assert codes(office) == ["a begun 2", "a done 2"]


def test_nobody_takes_over_while_a_change_is_being_made(office: Office) -> None:
    office.ask_for("a")
    timer = office.take()
    assert timer is not None

    def task(work: Work) -> None:
        office.now += 2 * LEASE
        assert office.take() is None
        work.audit("a", done=True)

    Job(office.runtime, timer).run(task)
    assert office.take() is not None


def test_what_fails_is_tried_again_later_and_then_given_up(office: Office) -> None:
    office.ask_for("a")
    for attempt in range(1, TRIES + 1):
        timer = office.take()
        assert timer is not None and timer.attempts == attempt

        def fail(_: Job) -> None:
            raise RuntimeError("a file that nobody can read")

        with pytest.raises(RuntimeError):
            perform(office.runtime, office.kind(fail), timer)
        give_back(office.runtime, timer)
        assert office.take() is None, "not at once"
        office.now += timedelta(seconds=2**attempt)
    last = office.take()
    assert last is not None
    perform(office.runtime, office.kind(counted), last)
    assert office.gave_up == ["a"] and codes(office) == []
    assert still_there(office.runtime, last.id) is None


def test_the_clocks_leave_it_alone(office: Office) -> None:
    office.ask_for("a")
    assert not fire_one(office.runtime, {}, ("count",))
    with office.runtime.engine.connect() as connection:
        cursor: Any = connection.connection.cursor()
        assert next_due(cursor, office.now, timedelta(seconds=9), ("count",)) == 9, "else the clocks would not rest"
        assert next_due(cursor, office.now, timedelta(seconds=9)) == 0


def test_a_service_declares_its_jobs_or_has_none() -> None:
    assert set(kinds_of("education")) == {"roster-parse", "roster-apply", "evaluate", "grant-evaluated"}
    assert set(kinds_of("umkm")) == {"bank-file"}
    assert kinds_of("hearse") == {}
