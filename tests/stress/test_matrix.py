"""Whole days with crashes: every process, every point, both engines. Nothing is lost, nothing doubled."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from chassis.failpoints import AFTER_PUBLISH, NAMES, VARIABLE
from kota.simulate.options import Options
from tests.support.faults import assert_nothing_lost_or_doubled, day_with
from tests.support.suite import Installation
from tests.support.waiting import until

DAY = Options(incidents=200, speed=1500, nuisance_per_incident=5, patience=120, settle_seconds=150)
WELL_SECONDS = 120
# A process dies again at every nth pass. Families and officers book hearses all day, and whoever asks waits two
# minutes: a service that died at every second commit answered hardly anybody within them.
EVERY = {"ambulance": 700, "hearse": 4}
EVERY_PUBLISH = {"ambulance": 300, "hearse": 2}
ENGINE_FAULTS = {
    "broker-restarts": ("rabbitmq", signal.SIGTERM),
    "broker-crashes": ("rabbitmq", signal.SIGKILL),
    "database-restarts": ("postgres", signal.SIGINT),
    "database-crashes": ("postgres", signal.SIGKILL),
}

pytestmark = pytest.mark.timeout(1200)


def check_day(running: Installation, seed: int, faults: list[tuple[float, Callable[[], object]]]) -> None:
    """Live through a day with these faults and take account."""
    report = day_with(Options(**{**vars(DAY), "seed": seed}), faults)
    assert_nothing_lost_or_doubled(report)
    assert report.counts["incidents"] == DAY.incidents and report.counts["deaths confirmed"] >= 3
    assert sum(report.retries.values()) > 0, "the faults were not felt"
    until(running.is_well, "every process to be ready again", limit=WELL_SECONDS)
    assert [queue for queue in running.status()["queues"] if queue["name"].endswith(".dead") and queue["ready"]] == []


@pytest.mark.parametrize("service", EVERY)
@pytest.mark.parametrize("point", NAMES)
def test_killed_again_and_again_at_one_point_with_a_broker_restart(
    running: Installation, service: str, point: str
) -> None:
    nth = (EVERY_PUBLISH if point == AFTER_PUBLISH else EVERY)[service]
    running.again(**{VARIABLE: f"{service}/{point}:{nth}"})
    pid = running.pid(service)
    check_day(running, 100 + NAMES.index(point), [(0.5, lambda: running.signal("rabbitmq", signal.SIGTERM))])
    assert running.pid(service) != pid, "it never died"


@pytest.mark.parametrize("fault", ENGINE_FAULTS)
def test_an_engine_goes_away_twice(running: Installation, fault: str) -> None:
    running.again()
    engine, number = ENGINE_FAULTS[fault]
    check_day(running, 200, [(share, lambda: running.signal(engine, number)) for share in (0.3, 0.7)])


def test_every_process_is_killed_in_turn(running: Installation) -> None:
    running.again()
    names = [*running.suite.services, "gateway", "issuer", "console"]
    faults = [((place + 1) / (2 * len(names) + 1), kill(running, name)) for place, name in enumerate(names * 2)]
    check_day(running, 300, faults)


def kill(running: Installation, name: str) -> Callable[[], object]:
    """To be done later."""
    return lambda: running.kill(name)
