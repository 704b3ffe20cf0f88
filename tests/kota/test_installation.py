"""What an installation knows of itself: its services, its processes, the migrations its databases have seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from kota.errors import OperatorError
from kota.home import SOCKET_PATH_LIMIT, Home, socket_folder
from kota.migrating import fingerprint
from kota.processes import MARKER, Identity, end, left_behind
from kota.services import discover
from kota.state import State, read_state, write_state
from kota.suite import given_servers
from tests.support.waiting import until


def make_service(checkout: Path, name: str, *, contract: str) -> None:
    folder = checkout / "services" / name
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    file = checkout / "contracts" / contract
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def test_services_are_folders_with_a_contract(tmp_path: Path) -> None:
    make_service(tmp_path, "hearse", contract="hearse.py")
    make_service(tmp_path, "ambulance", contract="ambulance/__init__.py")
    (tmp_path / "services" / "half").mkdir()
    (tmp_path / "services" / "half" / "__init__.py").touch()
    assert discover(tmp_path) == ("ambulance", "hearse")


def test_a_service_name_unfit_for_a_database_is_refused(tmp_path: Path) -> None:
    make_service(tmp_path, "Fire-Brigade", contract="Fire-Brigade.py")
    with pytest.raises(OperatorError, match="Fire-Brigade"):
        discover(tmp_path)


def test_a_pid_given_to_another_process_is_not_taken_for_ours() -> None:
    ours = Identity.of(os.getpid())
    assert ours.process() is not None
    assert Identity(ours.pid, ours.created - 60).process() is None


def test_processes_left_behind_are_found_and_ended(tmp_path: Path) -> None:
    home = Home(tmp_path)
    sleeper = [sys.executable, "-c", "input()"]
    pipe = subprocess.PIPE
    stray = subprocess.Popen(sleeper, stdin=pipe, env=os.environ | {MARKER: str(tmp_path)})
    other = subprocess.Popen(sleeper, stdin=pipe, env=os.environ | {MARKER: f"{tmp_path}-other"})
    try:
        # A process that has just begun to run its program shows no environment yet.
        until(lambda: psutil.Process(stray.pid).environ(), "the stray process to be there", limit=10)
        found = left_behind(home)
        assert [process.pid for process in found] == [stray.pid]
        end(found, limit=10)
        assert left_behind(home) == []
        assert psutil.Process(other.pid).is_running()
    finally:
        for process in (stray, other):
            process.kill()
            process.wait(10)


def test_ports_are_remembered_after_the_stop(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    write_state(home, State({"gateway": 43210}, {}, ("hearse",), "now", Identity.of(os.getpid())))
    assert read_state(home).is_running()
    write_state(home, read_state(home).stopped())
    assert not read_state(home).is_running()
    assert read_state(home).ports == {"gateway": 43210}


def test_a_new_migration_changes_the_fingerprint_of_its_service_only(tmp_path: Path) -> None:
    before = {name: fingerprint(tmp_path, name) for name in ("hearse", "umkm")}
    folder = tmp_path / "services" / "hearse" / "migrations" / "versions"
    folder.mkdir(parents=True)
    (folder / "0001_start.py").write_text("revision = '0001'")
    assert fingerprint(tmp_path, "hearse") != before["hearse"]
    assert fingerprint(tmp_path, "umkm") == before["umkm"]


def test_a_deep_checkout_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    short = socket_folder(deep)
    try:
        assert len(str(short / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_LIMIT
        assert socket_folder(deep) == short
    finally:
        short.rmdir()


def test_a_management_address_alone_is_refused() -> None:
    with pytest.raises(OperatorError, match="AMQP_URI"):
        given_servers({"AMQP_MANAGEMENT_URL": "http://127.0.0.1:15672"}, ())
