"""Killed with kill -9 while seats are asked for and clocks fire: one seat, one offer, each passed on once."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT, AFTER_PUBLISH, BEFORE_COMMIT, NAMES, VARIABLE
from contracts import umkm as asked
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until
from tests.umkm.office import Office

Start = Callable[..., ServiceProcess]
Url = Callable[[str], str]


def died(process: ServiceProcess) -> None:
    until(lambda: process.process and process.process.poll() is not None, "the process to die at its failpoint", 30)
    assert process.process is not None and process.process.returncode == -signal.SIGKILL
    del process.environment[VARIABLE]


def forget_what_was_told(office: Office) -> None:
    office.run_sql("DELETE FROM outbox")


@pytest.mark.parametrize("point", NAMES)
@pytest.mark.parametrize("step", ["request_seat", "give_up_seat"])
def test_a_request_that_is_sent_again_is_carried_out_once(
    step: str, point: str, office: Office, service: Start, vhost: Vhost, database: Url
) -> None:
    url = database("umkm")
    office.now = datetime.now(UTC)
    batch = office.announce(quota=1)
    first, second = office.verified(1), office.verified(2)
    request: dict[str, Any] = {"batch_id": str(batch.id), "business_id": str(first.id)}
    if step == "give_up_seat":
        request = {"seat_id": str(office.request(batch, first).id)}
        office.request(batch, second)
    forget_what_was_told(office)
    process, key = service("umkm", **{VARIABLE: f"{point}:1"}), str(uuid.uuid4())
    with Caller(vhost) as caller:
        sent = caller.send(f"umkm.{step}", request, scopes=["umkm:seats"], idempotency_key=key)
        died(process)
        process.start()
        reply = caller.call(f"umkm.{step}", request, scopes=["umkm:seats"], idempotency_key=key)
        assert reply["error"] is None, reply
        assert sent not in caller.replies or caller.wait(sent)["result"] == reply["result"]
    wanted = {"request_seat": ["accepted"], "give_up_seat": ["cancelled", "offered"]}[step]
    assert office.states(batch) == wanted
    until(lambda: count(url, "outbox WHERE published_at IS NULL") == 0, "the relay to publish everything")
    assert count(url, "outbox") == len(wanted)


@pytest.mark.parametrize("point", [BEFORE_COMMIT, AFTER_COMMIT, AFTER_PUBLISH])
def test_an_offer_passes_on_once_though_the_process_dies_as_its_clock_fires(
    point: str, office: Office, service: Start, database: Url
) -> None:
    url = database("umkm")
    office.now = datetime.now(UTC) - timedelta(hours=30)
    batch = office.announce(quota=1)
    seats = [office.request(batch, office.verified(number)) for number in (1, 2, 3)]
    forget_what_was_told(office)
    process = service("umkm", **{VARIABLE: f"{point}:1"})
    office.ask(asked.GiveUpSeat(seat_id=seats[0].id))
    died(process)
    process.start()
    until(lambda: count(url, "timer WHERE due_at <= now()") == 0, "all clocks to fire", 30)
    assert office.states(batch) == ["cancelled", "expired", "offered"]
    until(lambda: count(url, "outbox WHERE published_at IS NULL") == 0, "the relay to publish everything")
    told = [row[0] for row in select(url, "SELECT type FROM outbox ORDER BY seq")]
    assert told == ["umkm.seat-released.v1", "umkm.seat-offered.v1"] * 2
