"""`kota up`, `down` and `reset`."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import time
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console

from kota.errors import OperatorError
from kota.home import Home
from kota.interruptions import Interrupted, interruptible
from kota.starting import started, stop
from kota.state import read_state
from kota.steps import Steps
from kota.supervisor import ProcessInfo, Supervisor
from kota.welcome import print_welcome

WATCH_INTERVAL = 1.0
INTERRUPTED = 130  # what a shell reports for a command ended by Ctrl-C

Processes = dict[str, ProcessInfo]


def up(home: Home, console: Console, *, detach: bool) -> None:
    """Start everything; stay in the foreground until asked to stop, unless `detach`."""
    steps = Steps(console)
    begin = time.monotonic()
    begun = False
    home.create()
    with _only_one(home), interruptible():
        try:
            with started(home, steps) as starter:
                begun = True
                seconds = time.monotonic() - begin
                if not detach:
                    print_welcome(console, starter.suite, seconds, detach=False)
                    _watch(home, steps)
                    # Ended from outside: whatever the supervisor could not end itself is ended here.
                    stop(home, steps)
        except Interrupted:
            if not detach and begun:
                return
            raise SystemExit(INTERRUPTED) from None
        if detach:
            # Outside of the block above: a reader who closes the pipe early must not stop the suite.
            print_welcome(console, starter.suite, seconds, detach=True)


def down(home: Home, console: Console) -> None:
    """End a run started here or in another terminal."""
    state = read_state(home)
    if not state.is_running():
        console.print("Nothing is running here.")
    stop(home, Steps(console))


def reset(home: Home, console: Console) -> None:
    """Stop, then remove all data, logs, secrets and remembered ports of this installation."""
    down(home, console)
    home.create()
    with _only_one(home):
        for folder in (home.postgres, home.rabbitmq, home.files, home.logs, home.run):
            if folder.exists():
                shutil.rmtree(folder)
        home.secrets_file.unlink(missing_ok=True)
    console.print(f"[green]✓[/] Everything under {home.root} is gone; `make up` starts over.")


@contextlib.contextmanager
def _only_one(home: Home) -> Iterator[TextIO]:
    with home.lock_file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperatorError("The suite is already running or starting here.", "See `kota status`.") from error
        if read_state(home).is_running():
            raise OperatorError("The suite is already running here.", "See `kota status`; end it with `make down`.")
        yield lock


def _watch(home: Home, steps: Steps) -> None:
    """Until the supervisor ends, tell what happens to the processes."""
    supervisor = Supervisor(home)
    last: Processes = {}
    identity = read_state(home).supervisor
    while identity is not None and identity.process() is not None:
        with contextlib.suppress(OSError):
            last = _tell_changes(steps, last, supervisor.processes())
        time.sleep(WATCH_INTERVAL)
    steps.tell("The supervisor has ended")


def _tell_changes(steps: Steps, last: dict[str, ProcessInfo], now: list[ProcessInfo]) -> dict[str, ProcessInfo]:
    for info in now:
        before = last.get(info.name, info)
        if (before.state, before.pid) != (info.state, info.pid):
            steps.tell(f"{info.name}: {before.state.lower()} → {info.state.lower()} (pid {info.pid or '-'})")
    return {info.name: info for info in now}
