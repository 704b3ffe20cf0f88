"""What pytest calls: the run's beginning and end, its workers and their order."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from chassis import garbage

from . import folder
from .engines import ENGINE_PORTS, Engines
from .order import ByFile, leave_out_stress, refuse_stranger, slowest_first
from .ports import claim_block

garbage.spare_imports()  # until all tests are collected: half a second for each worker
WORKERS, MOST_WORKERS = "PYTEST_XDIST_AUTO_NUM_WORKERS", 8
_HOLDER, _ENGINES_HOLDER = pytest.StashKey[socket.socket](), pytest.StashKey[socket.socket]()
_ENGINES = pytest.StashKey[Engines]()


def is_worker(config: pytest.Config) -> bool:
    """Whether another process began the run."""
    return hasattr(config, "workerinput")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many as pytest-xdist's own variable says, else three for two processors: many tests wait for a process or a
    clock, and leave theirs idle; a fourth costs its own imports and gains nothing."""
    if os.environ.get(WORKERS, "").isdecimal():
        return int(os.environ[WORKERS])
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors + (processors + 1) // 2, MOST_WORKERS)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Groups and order of our own."""
    config.option.loadscopereorder = False  # it would let the groups with few tests, often the slow ones, come last
    return ByFile(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Begin: ports for this process, and for the whole run a folder of its engines."""
    config.stash[_HOLDER], os.environ["KOTA_PORTS"] = claim_block()
    if not is_worker(config):
        # Not of the worker's that happens to start the broker: until it listens, a suite of that worker would find its
        # ports free.
        config.stash[_ENGINES_HOLDER], os.environ[ENGINE_PORTS] = claim_block()
        config.stash[_ENGINES] = Engines(folder.begin())
        if threading.current_thread() is threading.main_thread():
            # `timeout`, a terminal that closes: end like Ctrl-C, with every engine ended too.
            signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End: the workers are gone."""
    if engines := config.stash.get(_ENGINES, None):
        engines.end()
    for key in (_HOLDER, _ENGINES_HOLDER):
        if holder := config.stash.get(key, None):
            holder.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow ones first, without the longest; engines that will be needed start while the first tests run."""
    leave_out_stress(config, items)
    items.sort(key=lambda item: slowest_first(item.nodeid))
    needed = {name for item in items for name in getattr(item, "fixturenames", ())}
    engines = Engines.of_this_run()
    for name, start in (("broker", engines.broker), ("postgres", engines.postgres)):
        if name in needed and not config.option.collectonly:
            threading.Thread(target=_ahead, args=(start,), daemon=True).start()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """All is imported."""
    garbage.collect_from_here()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a test."""
    refuse_stranger(item)


def _ahead(start: Callable[[], object]) -> None:
    with contextlib.suppress(Exception):  # whoever needs the engine tries again, and sees why it does not start
        start()
