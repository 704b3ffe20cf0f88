"""Deadlocks, restarts of PostgreSQL and answers that never came: tried again where that is safe, in doubt said so."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text

from chassis.runtime import Runtime
from chassis.work import Work
from contracts.problems import TimedOut
from tests.chassis.test_claims import ask, reading_first, slug
from tests.support.items import CAUSE, AddItem, ItemView, add_item, count, item, prepare, rows

POOLED = 8
END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A runtime whose database has the item table."""
    return prepare(runtime("hearse"))


def end_sessions(one: Runtime) -> None:
    """As a restart of the server does."""
    with psycopg.connect(one.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(END_SESSIONS.encode())


def fill_pool(one: Runtime) -> None:
    """Leave several idle connections in the pool."""
    held = [one.engine.connect() for _ in range(POOLED)]
    for connection in held:
        connection.close()


@pytest.mark.parametrize("handler", [add_item, reading_first])
def test_a_request_with_a_key_does_not_notice_a_restart(one: Runtime, handler: Any) -> None:
    fill_pool(one)
    end_sessions(one)
    assert slug(ask(one, handler, idempotency_key="k")) == "ok"
    assert count(one, "item") == 1


def test_a_query_does_not_notice_a_restart(one: Runtime) -> None:
    fill_pool(one)
    end_sessions(one)
    assert one.run(lambda work: work.read(select(item)).all(), CAUSE, transactional=False) == []


def test_a_session_lost_before_the_decision_is_tried_again(one: Runtime) -> None:
    tries: list[int] = []

    def handler(work: Work, request: AddItem) -> ItemView:
        work.read(select(item))
        tries.append(1)
        if len(tries) == 1:
            end_sessions(one)
        return add_item(work, request)

    assert slug(ask(one, handler)) == "ok"
    assert (len(tries), count(one, "item")) == (2, 1)


def break_at_commit(monkeypatch: pytest.MonkeyPatch, one: Runtime, *, after: bool) -> None:
    """The session ends once, right before or right after the server committed, and the answer is lost."""
    broken = threading.Event()
    commit, send = "COMMIT", Work._send_last

    def send_last(self: Work) -> None:
        send(self)
        if not broken.is_set():
            broken.set()
            if after:
                self._driver.execute(commit)
            end_sessions(one)

    monkeypatch.setattr(Work, "_send_last", send_last)


@pytest.mark.parametrize("key", [None, "k"])
@pytest.mark.parametrize("after", [False, True])
def test_a_requests_commit_in_doubt_is_cleared_up(
    one: Runtime, monkeypatch: pytest.MonkeyPatch, after: bool, key: str | None
) -> None:
    break_at_commit(monkeypatch, one, after=after)
    assert slug(ask(one, reading_first, idempotency_key=key)) == "ok"
    assert (count(one, "item"), count(one, "audit")) == (1, 1)


@pytest.mark.parametrize("after", [False, True])
def test_without_a_claim_a_commit_in_doubt_is_told(one: Runtime, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
    """A timer's, say: whoever runs it must look before it is done again."""
    break_at_commit(monkeypatch, one, after=after)

    def add(work: Work) -> None:
        reading_first(work, AddItem(code="A"))
        work.commit()

    with pytest.raises(TimedOut) as told:
        one.run(add, CAUSE)
    assert (told.value.status, told.value.data.retry_after) == (504, 5) and count(one, "item") == int(after)


def test_the_loser_of_a_deadlock_tries_again(one: Runtime) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    with one.engine.connect() as connection:
        for identifier in (first, second):
            connection.execute(item.insert().values(id=identifier, code=str(identifier), amount=0))
    both_hold_one = threading.Barrier(2, timeout=10)
    tries: list[uuid.UUID] = []

    def add_to(mine: uuid.UUID, other: uuid.UUID) -> None:
        def task(work: Work) -> None:
            tries.append(mine)
            for identifier in (mine, other):
                amount = work.read(select(item.c.amount).where(item.c.id == identifier).with_for_update()).scalar_one()
                if len(tries) <= 2 and identifier == mine:
                    both_hold_one.wait()
                work.update(item, {"id": identifier}, amount=amount + 1)
            work.audit(mine)
            work.commit()

        one.run(task, CAUSE)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(add_to, first, second), pool.submit(add_to, second, first)]:
            future.result(20)
    assert len(tries) >= 3 and rows(one, "item", "amount") == [(2,), (2,)]


def test_an_endless_statement_is_cancelled_and_leaves_a_usable_pool(one: Runtime) -> None:
    def task(work: Work) -> None:
        work.read(text("SET LOCAL statement_timeout = 50"))
        work.read(text("SELECT pg_sleep(30)"))

    with pytest.raises(Exception, match="statement timeout"):
        one.run(task, CAUSE)
    assert slug(ask(one, add_item)) == "ok"
