"""A test run of its own: workers that cannot meet, engines started once, and failures told briefly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from kota.ports import own_range
from tests.support.processes import ROOT
from tests.support.run import folder
from tests.support.run.engines import Engines
from tests.support.run.order import SLOW, group_of, slowest_first
from tests.support.run.ports import claim_block
from tests.support.run.telling import shortened
from tests.support.waiting import until, until_all

FAILING = """
import logging
def test_it():
    for number in range(500):
        logging.warning("reconnecting %d", number)
    assert [1, 2] == [1, 3], "the second is another"
"""

LASTING = """
import os, subprocess, sys, threading
from pathlib import Path
from tests.support.run.engines import Engines
from tests.support.run.folder import mark, of_this_run
def test_it(engines):
    engines.postgres()
    started = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env=mark())
    server = Path(engines.folder, "pg", "data", "postmaster.pid").read_text().split()[0]
    Path(os.environ["TOLD"]).write_text(f"{of_this_run()} {started.pid} {server}\\n")
    threading.Event().wait()
"""


def pytest_run(folder: Path, text: str, workers: str, **environment: str) -> subprocess.Popen[str]:
    """A run of its own, of one file with this text."""
    file = folder / "test_it.py"
    file.write_text(text)
    options = ["-p", "tests.conftest", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", "--basetemp", folder / "in"]
    command = [sys.executable, "-m", "pytest", "-n", workers, *map(str, options), str(file)]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | environment
    return subprocess.Popen(command, cwd=ROOT, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_no_two_processes_have_one_port_in_common() -> None:
    claimed = [claim_block() for _ in range(3)]
    try:
        ranges = [own_range({"KOTA_PORTS": block}) for _, block in claimed] + [own_range(os.environ)]
        ports = [port for each in ranges for port in each or ()]
        assert len(ports) == len(set(ports)) > 4 * 300
    finally:
        for holder, _ in claimed:
            holder.close()


def test_the_engines_of_a_run_take_no_port_of_a_worker() -> None:
    """They start while a worker's suite chooses ports: until they listen, theirs would look free to it."""
    ours = own_range(os.environ)
    assert ours is not None
    assert not set(Engines.of_this_run().broker().ports.values()) & set(ours)


def test_what_is_named_slow_is_there() -> None:
    files = [str(file.relative_to(ROOT)) for file in ROOT.glob("tests/**/test_*.py")]
    assert [start for start in SLOW if not any(file.startswith(start) for file in files)] == []


def test_slow_files_come_first_and_all_of_the_suite_is_one_group() -> None:
    ids = ["tests/hearse/test_a.py::b", "tests/api/test_a.py::b", "tests/journeys/test_day_with_faults.py::c"]
    assert sorted(ids, key=slowest_first) == ids[::-1]
    assert [group_of(each) for each in ids] == ["tests/hearse/test_a.py", "suite", "suite"]


def test_many_who_need_an_engine_get_one(tmp_path: Path) -> None:
    begun: list[int] = []

    def begin() -> dict[str, object]:
        begun.append(1)
        return {"ports": {"amqp": len(begun)}}

    def ask(_: int) -> object:
        return Engines(tmp_path)._once("engine", begin)["ports"]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(40))) == [{"amqp": 1}] * 40
    assert len(begun) == 1


def test_what_a_killed_run_left_is_removed_and_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_place", lambda: tmp_path)
    monkeypatch.setenv(folder.VARIABLE, "")
    running, killed = folder.begin(), tmp_path / f"{folder.PREFIX}killed"
    killed.mkdir()
    idle = [sys.executable, "-c", "input()"]
    named, marked, foreign = [
        subprocess.Popen([*idle, argument], stdin=subprocess.PIPE, env={folder.VARIABLE: str(variable)})
        for argument, variable in ((str(killed / "data"), ""), ("", killed), ("", running))
    ]
    until(lambda: all(psutil.Process(one.pid).environ() for one in (named, marked, foreign)), "them to be there")
    try:
        folder.begin()
        assert running.exists() and not killed.exists()
        assert [psutil.pid_exists(one.pid) for one in (named, marked, foreign)] == [False, False, True]
    finally:
        foreign.kill()
        foreign.wait(10)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_that_is_ended_ends_what_it_started(workers: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    run = pytest_run(tmp_path, LASTING, workers, TOLD=str(told))
    until(lambda: told.exists() and told.read_text().endswith("\n"), "the test to begin", limit=60)
    place, *pids = told.read_text().split()
    assert all(psutil.pid_exists(int(pid)) for pid in pids) and len(pids) == 2
    run.terminate()
    assert run.wait(60) != 0
    assert [pid for pid in pids if psutil.pid_exists(int(pid))] == [] and not Path(place).exists()


def test_one_that_did_not_start_is_tried_again(tmp_path: Path) -> None:
    def fail() -> dict[str, object]:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        Engines(tmp_path)._once("engine", fail)
    assert Engines(tmp_path)._once("engine", lambda: {"ports": {}})["ports"] == {}


def test_of_captured_output_the_end_is_shown() -> None:
    lines = [str(number) for number in range(100)]
    sections = [("Captured log setup", "\n".join(lines)), ("Captured log call", "\n".join(lines[:50]))]
    (first, setup), (second, call) = shortened(sections, "/there", most=60)
    assert (second, call.splitlines()) == ("Captured log call", lines[:50])
    assert (first, setup.splitlines()) == ("Captured log setup (the last 10 of 100 lines; all: /there)", lines[90:])


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_failure_begins_with_its_assertion_and_says_where_the_logs_are(workers: str, tmp_path: Path) -> None:
    run = pytest_run(tmp_path, FAILING, workers)
    output, _ = run.communicate(timeout=100)
    said = output.splitlines()
    assert run.returncode == 1, output
    failure = said[next(number for number, line in enumerate(said) if " test_it " in line) :]
    assert "AssertionError: the second is another" in failure[:3]
    assert re.findall(r"reconnecting (\d+)", output) == [str(number) for number in range(440, 500)]
    assert "slowest 10 durations" in output
    (where,) = [line.removeprefix("Logs of tests, engines and suites: ") for line in said if line.startswith("Logs of")]
    (kept,) = Path(where).glob("*.txt")
    assert kept.read_text().count("reconnecting ") == 500


def test_a_number_that_grows_is_waited_for_as_long_as_it_grows() -> None:
    numbers = iter([1, 1, 2, 3, 3, 5])
    until_all(lambda: next(numbers), 5, "five", standstill=0.5)
    with pytest.raises(AssertionError, match="three: 2 of 3"):
        until_all(lambda: 2, 3, "three", standstill=0.05)
    with pytest.raises(AssertionError, match="4 instead of 3"):
        until_all(lambda: 4, 3, "three")
