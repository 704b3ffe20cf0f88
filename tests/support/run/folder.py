"""The folder of a run: engines and suites live in it, in memory where there is room, and nothing of it is left."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TextIO

import psutil

from kota.home import CHECKOUT, Home
from kota.processes import end, left_behind

VARIABLE = "KOTA_TEST_RUN"
PREFIX = "kota-run-"
LOGS = CHECKOUT / ".local" / "test-logs"
IN_MEMORY = Path("/dev/shm")
KEPT_LOGS = 5
ORDERLY_SECONDS = 3.0
"""For what a run has left to end by itself."""
OWNER = "owner"
_OWNED: list[TextIO] = []
ROOM_BYTES = 2 * 1024**3
"""A whole run needs less than half of it. On a disk, making a database for each test takes three times as long."""


def begin() -> Path:
    """Make it, for the process that begins the run; its path is short, since unix sockets allow 108 characters."""
    place = _place()
    # One run after the other: a folder that is just made has no owner yet, and would be swept away.
    with _locked(place / f"kota-runs-{os.getuid()}.lock", wait=True):
        _sweep(place)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        folder.chmod(0o755)
        _OWNED.append(_locked(folder / OWNER))
    os.environ[VARIABLE] = str(folder)
    return folder


def of_this_run() -> Path:
    """For every process of the run."""
    return Path(os.environ[VARIABLE])


def logs() -> Path:
    """Where the logs of this run stay, in the checkout."""
    return LOGS / of_this_run().name.removeprefix(PREFIX)


def keep_logs(of: Path, name: str) -> None:
    """Copy the logs under a folder that is about to go."""
    for log in of.rglob("*.log"):
        if log.is_file():
            kept = logs() / name / log.relative_to(of)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(log, kept)


def mark() -> dict[str, str]:
    """For the environment of a process of this run: whatever happens to the run, it is found and ended."""
    return {VARIABLE: str(of_this_run())}


def new_home() -> Path:
    """A place for one installation of the suite."""
    home = Path(tempfile.mkdtemp(prefix="home-", dir=of_this_run()))
    home.chmod(0o755)
    return home


def remove(folder: Path) -> None:
    """With all that still runs in it."""
    for home in folder.glob("home-*"):
        end(left_behind(Home(home)), limit=ORDERLY_SECONDS)
    others = (process for process in psutil.process_iter() if process.pid != os.getpid())
    end((process for process in others if _works_in(process, folder)), limit=ORDERLY_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
        return IN_MEMORY
    return Path(tempfile.gettempdir())


def _sweep(place: Path) -> None:
    """What runs that were killed have left, and the logs of all but the last few."""
    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), _locked(folder / OWNER):  # another run's, or another user's
            remove(folder)
    for old in sorted(LOGS.glob("*"), key=lambda one: one.stat().st_mtime)[:-KEPT_LOGS]:
        shutil.rmtree(old, ignore_errors=True)


def _locked(file: Path, *, wait: bool = False) -> TextIO:
    """Locked until it is closed, or this process ends. Raises OSError if somebody else holds it."""
    lock = file.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    return lock


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        environment, inside = process.environ(), f"{folder}/"
        return (
            environment.get(VARIABLE) == str(folder)
            or environment.get("RABBITMQ_MNESIA_BASE", "").startswith(inside)
            or any(argument.startswith(inside) for argument in process.cmdline())
        )
    except (psutil.Error, OSError):
        return False
