"""Operating-system processes: recognising one again, finding those left behind, ending them."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from kota.home import Home

# Every supervised process carries it; KOTA_HOME would not do, since the operator's own shell may have that.
MARKER = "KOTA_SUPERVISED_FOR"
CLOCK_TOLERANCE = 1.0  # seconds; the start time of a process is rounded differently by kernels


@dataclass(frozen=True)
class Identity:
    """A pid with its start time: a pid alone may have been given to another process since."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> Identity:
        """The identity of a running process."""
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """The process if this very one still runs."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) <= CLOCK_TOLERANCE
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


def left_behind(home: Home) -> list[psutil.Process]:
    """Processes of this installation that still run: marked in their environment, or its PostgreSQL."""
    found = [process for process in psutil.process_iter() if _is_marked(process, home.root)]
    server = _postgres_of(home)
    return [*found, server] if server is not None and server not in found else found


def end(processes: Iterable[psutil.Process], *, limit: float = 20.0) -> None:
    """Ask each process to end, wait, then end by force those that did not."""
    running = list(processes)
    for process in running:
        _signal(process, force=False)
    _, stubborn = psutil.wait_procs(running, timeout=limit)
    for process in stubborn:
        _signal(process, force=True)
    psutil.wait_procs(stubborn, timeout=5)


def _signal(process: psutil.Process, *, force: bool) -> None:
    try:
        if force:
            process.kill()
        elif process.name() == "postgres":
            process.send_signal(signal.SIGINT)  # "fast": ends the sessions; SIGTERM would wait for them
        else:
            process.terminate()
    except psutil.NoSuchProcess:
        return


def _is_marked(process: psutil.Process, root: Path) -> bool:
    try:
        return process.environ().get(MARKER) == str(root)
    except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess, OSError):
        return False


def _postgres_of(home: Home) -> psutil.Process | None:
    pid_file = home.postgres / "data" / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        return process if str(home.postgres) in " ".join(process.cmdline()) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
