"""The code as it was before the newest migration serves the schema after it."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chassis.test_independence import QUERIES
from tests.support.broker import Vhost
from tests.support.processes import ROOT, ServiceProcess
from tests.support.rpc import Caller

ASKED = {**QUERIES, "ambulance": ("ambulance.list_incidents", "ambulance:read")}


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, timeout=30, check=True).stdout


def newest_migration() -> tuple[str, str]:
    """The commit that brought it, and the service whose schema it changes (any of them, for one of the chassis)."""
    try:
        places = ("services/*/migrations/versions/*.py", "chassis/migrations/versions/*.py")
        text = git("log", "--diff-filter=A", "--name-only", "--format=%H", "-1", "--", *places).decode()
    except (OSError, subprocess.CalledProcessError):
        text = ""
    if not text.strip():
        pytest.skip("no history here: this is not a clone")
    commit, *files = text.split()
    return commit, next((file.split("/")[1] for file in files if file.startswith("services/")), "hearse")


def test_it_is_ready_and_answers(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> None:
    commit, name = newest_migration()
    packed = git("archive", f"{commit}^", "contracts", "chassis", "services/__init__.py", f"services/{name}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path / "previous", filter="data")
    process = ServiceProcess(name, database(name), vhost.uri(name), tmp_path / "log", {}, tmp_path / "previous")
    try:
        process.start()
        operation, scope = ASKED[name]
        with Caller(vhost) as caller:
            reply = caller.call(operation, {}, scopes=[scope])
        assert reply["error"] is None and reply["result"]["items"] == [], reply
    finally:
        process.end()
