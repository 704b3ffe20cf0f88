"""A short simulated day with two crashes and a restart of the broker: nothing is lost, nothing doubled."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest

from kota.errors import OperatorError
from kota.simulate.options import Options
from kota.simulate.outage import span
from kota.simulate.running import run_day
from tests.support.faults import assert_nothing_lost_or_doubled, day_with
from tests.support.suite import Installation
from tests.support.waiting import until

DAY = Options(incidents=6, speed=4000, seed=11, patience=60)


@pytest.mark.timeout(240)
def test_a_day_with_crashes_and_a_broker_restart(running: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTA_HOME", str(running.root))
    pids = {name: running.pid(name) for name in ("ambulance", "gateway", "rabbitmq")}
    faults = [
        (0.2, lambda: running.kill("ambulance")),
        (0.45, lambda: running.kill("gateway")),
        (0.7, lambda: running.signal("rabbitmq", signal.SIGTERM)),
    ]
    report = day_with(DAY, faults)
    assert_nothing_lost_or_doubled(report)
    assert report.counts["incidents"] == DAY.incidents and report.counts["deaths confirmed"] >= 1
    assert report.counts["hearses booked"] >= 4 and report.counts["of these served"] >= 2
    assert sum(report.retries.values()) > 0, "the faults were not felt"
    assert {name for name, pid in pids.items() if running.pid(name) != pid} == pids.keys()
    until(running.is_well, "every process to be ready again", limit=60)
    parked = [queue for queue in running.status()["queues"] if queue["name"].endswith(".dead") and queue["ready"]]
    assert parked == []


@pytest.mark.timeout(240)
def test_a_day_without_the_broker_for_an_hour(running: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTA_HOME", str(running.root))
    report = run_day(replace(DAY, seed=12, speed=3000, broker_down_seconds=3600))
    assert_nothing_lost_or_doubled(report)
    assert report.counts["incidents"] == DAY.incidents and report.counts["of these served"] >= 1
    felt = report.without_broker
    assert felt is not None and felt.ended - felt.began >= 3600
    assert felt.requests >= 1 and felt.tried_again == 0
    until(running.is_well, "every process to be ready again", limit=60)


@pytest.mark.parametrize("text", ["", "1", "h", "0h", "-1h", "1 day", "1h30m"])
def test_a_span_of_time_must_be_one(text: str) -> None:
    with pytest.raises(OperatorError, match="90s, 30m or 1h"):
        span(text)
    assert (span("90s"), span("1.5m"), span("2h")) == (90, 90, 7200)
