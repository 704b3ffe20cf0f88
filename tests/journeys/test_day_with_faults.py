"""A short simulated day with two crashes and a restart of the broker: nothing is lost, nothing doubled."""

from __future__ import annotations

import signal

import pytest

from kota.simulate.options import Options
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
