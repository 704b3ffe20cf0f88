"""The relay hears of commits: inside its process directly, of others' through the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from chassis.waking import NOTIFY, QUIET, WakeUp
from tests.support.databases import plain
from tests.support.waiting import until

LISTENING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN outbox'"
LIMIT = 20.0


@pytest.fixture
def listening(database: Callable[[str], str]) -> Iterator[tuple[WakeUp, str]]:
    """A leading process's wake-up that listens to the others."""
    wake, url = WakeUp(), plain(database("hearse"))
    wake.lead(True)
    thread = threading.Thread(target=wake.listen, args=(lambda: psycopg.connect(url, autocommit=True), 0.2))
    thread.start()
    yield wake, url
    wake.lead(False)
    thread.join(LIMIT)
    assert not thread.is_alive()


def test_only_a_process_that_does_not_lead_tells_the_database() -> None:
    wake = WakeUp()
    assert wake.tail(emitted=True) == NOTIFY
    assert wake.tail(emitted=False) == QUIET
    wake.lead(True)
    assert wake.tail(emitted=True) == QUIET


def test_a_commit_with_events_rings_once() -> None:
    wake = WakeUp()
    wake.ring(emitted=False)
    assert not wake.wait(0)
    wake.ring(emitted=True)
    assert wake.wait(0) and not wake.wait(0)


def test_a_commit_of_another_process_rings_too(listening: tuple[WakeUp, str]) -> None:
    wake, url = listening
    with psycopg.connect(url, autocommit=True) as connection:
        until(lambda: connection.execute(LISTENING).fetchone(), "the leader to listen")
        connection.execute(NOTIFY)
    assert wake.wait(LIMIT)


def test_who_does_not_lead_does_not_listen() -> None:
    def refuse() -> psycopg.Connection[object]:
        raise AssertionError("connected")

    WakeUp().listen(refuse, 0.01)
