"""Who runs what: a file is one worker's work, the slow ones come first, and all that needs the running suite is one.

Slow work that begins last is what a run would wait for in the end. What is slow is said here by hand, roughly: the
ten slowest tests are listed after each run.
"""

from __future__ import annotations

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

ON_THE_SUITE = (
    "tests/journeys/test_day_with_faults.py",
    "tests/journeys/test_call_to_farewell.py",
    "tests/journeys/test_documented_commands.py",
    "tests/journeys/test_hearse_day.py",
    "tests/journeys/test_farewell.py",
    "tests/journeys/test_rosters.py",
    "tests/journeys/test_waivers.py",
    "tests/journeys/test_capital.py",
    "tests/journeys/test_grants.py",
    "tests/journeys/test_market.py",
    "tests/journeys/test_dashboards.py",
    "tests/console/browser/",
    "tests/api/",
)
"""Journeys first: the simulated day wants nothing parked, and the API tests leave what nobody can handle."""

SLOW = (
    *ON_THE_SUITE,
    "tests/journeys/",
    "tests/gateway/feed/",
    "tests/chassis/test_conformance",
    "tests/kota/test_engines.py",
    "tests/ambulance/test_clocks_survive.py",
    "tests/hearse/test_survives.py",
    "tests/umkm/test_crowd.py",
    "tests/umkm/test_survives.py",
    "tests/education/test_processes.py",
    "tests/education/test_payments_killed.py",
    "tests/education/test_hostile_processes.py",
    "tests/run/",
    "tests/deploy/image/",
    "tests/deploy/monitoring/",
    "tests/chassis/",
    "tests/gateway/",
)


class ByFile(LoadScopeScheduling):
    """pytest-xdist's way of giving whole groups to workers, with groups and an order of our own."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """What runs on one worker, one after the other."""
    return "suite" if nodeid.startswith(ON_THE_SUITE) else nodeid.split("::", 1)[0]


def leave_out_stress(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `stress` takes too long for every run: `-m stress` (`make stress`) or KOTA_STRESS=1 runs it."""
    if "stress" in config.option.markexpr or os.environ.get("KOTA_STRESS") == "1":
        return
    left_out = [item for item in items if item.get_closest_marker("stress")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def slowest_first(nodeid: str) -> int:
    """The place of a test's file among the slow ones."""
    return next((place for place, start in enumerate(SLOW) if nodeid.startswith(start)), len(SLOW))


def uses_suite(item: pytest.Item) -> bool:
    """Whether it runs on the worker's shared suite."""
    return "shared_suite" in getattr(item, "fixturenames", ())


def refuse_stranger(item: pytest.Item) -> None:
    """A test that uses the shared suite must be named above, or its worker would start one more."""
    if uses_suite(item) and group_of(item.nodeid) != "suite":
        pytest.fail("it uses the shared suite: name its file in ON_THE_SUITE of tests/support/run/order.py", False)
