"""Clocks outlive the process: set, killed with kill -9, started again, each fired exactly once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT, BEFORE_COMMIT, VARIABLE
from contracts import ambulance as asked
from contracts.ambulance.values import IncidentClass
from services.ambulance.domain.configuration import CLOCKS
from tests.ambulance.handlers.desk import Desk
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

PHONE = "+6281290009000"
DUE = "timer WHERE due_at <= now()"
RAISED = "SELECT kind, detail ->> 'attempt' FROM alert ORDER BY kind, raised_at, 2"
EXPECTED = [
    ("call_back_due", "1"),
    ("call_back_due", "2"),
    ("call_back_due", "3"),
    ("family_to_tell", None),
    ("over_target", None),
    ("over_target", None),
    ("regular_unassigned", None),
    ("unacknowledged", None),
]
SCOPES = ["ambulance:report", "ambulance:intake", "ambulance:manage"]
Start = Callable[..., ServiceProcess]
Url = Callable[[str], str]


def long_ago(desk: Desk) -> None:
    """Clocks of four kinds, set two days ago."""
    desk.now = datetime.now(UTC) - timedelta(days=2)
    desk.fleet("AMB-01")
    desk.send(desk.incident(), "AMB-01")
    desk.incident()
    desk.incident(incident_class=IncidentClass.REGULAR, kind="transport", pickup_at=desk.now + timedelta(hours=2))
    contact = desk.ask(asked.RecordContact(phone=PHONE)).id
    desk.ask(asked.DisposeContact(contact_id=contact, disposition="cut_off"))


def assert_each_fired_once(url: str) -> None:
    """One alert, one event and one audit row for each."""
    assert select(url, RAISED) == EXPECTED
    assert count(url, "outbox WHERE type = 'ambulance.alert-raised.v1'") == len(EXPECTED)
    assert count(url, "audit WHERE detail ? 'alert_id' AND NOT detail ? 'state'") == len(EXPECTED)


def test_clocks_that_were_due_while_the_service_was_down(desk: Desk, service: Start, database: Url) -> None:
    url = database("ambulance")
    long_ago(desk)
    process = service("ambulance")
    until(lambda: count(url, DUE) == 0, "all clocks to fire", 30)
    assert_each_fired_once(url)
    process.kill()
    process.start()
    until(lambda: process.metric("kota_timers_due") == 0, "the clocks to be looked at again")
    assert_each_fired_once(url)


@pytest.mark.parametrize("point", [BEFORE_COMMIT, AFTER_COMMIT])
def test_killed_while_a_clock_fires(point: str, desk: Desk, service: Start, database: Url) -> None:
    url = database("ambulance")
    process = service("ambulance", **{VARIABLE: f"{point}:3"})
    long_ago(desk)
    until(lambda: process.process and process.process.poll() is not None, "the process to die at its failpoint", 30)
    assert process.process is not None and process.process.returncode == -signal.SIGKILL
    assert len(select(url, RAISED)) < len(EXPECTED)
    del process.environment[VARIABLE]
    process.start()
    until(lambda: count(url, DUE) == 0, "all clocks to fire", 30)
    assert_each_fired_once(url)


def test_a_clock_that_a_killed_process_set_fires_in_the_next(service: Start, database: Url, vhost: Vhost) -> None:
    url, process = database("ambulance"), service("ambulance")
    with Caller(vhost) as caller:

        def ask(operation: str, **request: Any) -> Any:
            reply = caller.call(f"ambulance.{operation}", request, scopes=SCOPES)
            assert reply["error"] is None, reply
            return reply["result"]

        clocks = {**CLOCKS.model_dump(), "call_back_seconds": [4]}
        ask("set_clocks", **clocks)
        contact = ask("record_contact", phone=PHONE)["id"]
        ask("dispose_contact", contact_id=contact, disposition="cut_off")
        process.kill()
    assert count(url, "alert") == 0
    process.start()
    until(lambda: count(url, "alert") == 1, "the call-back to be due")
    assert select(url, "SELECT contact_id::text, kind, state FROM alert") == [(contact, "call_back_due", "open")]
    until(lambda: count(url, "timer WHERE kind = 'contact-call-back'") == 0, "no further call-back to be set")
