"""Starts processes for jobs that are due, a few at a time, and sees what becomes of them."""

from __future__ import annotations

import sys
import threading

import eventlet
from eventlet.green import subprocess

from . import telemetry
from .jobs import give_back, lease
from .runtime import Runtime
from .timers import Timer

log = telemetry.logger(__name__)
AT_ONCE = 2
POLL_SECONDS = 0.25


class Workers:
    """The jobs of one service process. `employ` runs in a green thread of its own until `stop`."""

    def __init__(self, runtime: Runtime, service: str, kinds: tuple[str, ...]) -> None:
        self._runtime, self._service, self._kinds = runtime, service, kinds
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopping = threading.Event()

    def employ(self) -> None:
        """Take what is due, as long as there is room."""
        while not self._stopping.wait(POLL_SECONDS):
            while len(self._running) < AT_ONCE and (timer := lease(self._runtime, self._kinds)):
                self._start(timer)

    def stop(self) -> None:
        """End the processes: they would lose their service. Another one takes the work over when the lease ends."""
        self._stopping.set()
        for process in tuple(self._running):
            process.terminate()

    def _start(self, timer: Timer) -> None:
        command = [sys.executable, "-m", "chassis.job", self._service, str(timer.id)]
        # Its standard input is never written to: it closes with this process, and the other one ends.
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        self._running.add(process)
        eventlet.spawn(self._watch, process, timer)

    def _watch(self, process: subprocess.Popen[bytes], timer: Timer) -> None:
        try:
            code = process.wait()
        finally:
            self._running.discard(process)
        telemetry.JOBS.labels(timer.kind, "done" if code == 0 else "failed").inc()
        if code != 0:
            log.warning("job_process_ended", kind=timer.kind, subject=timer.subject, code=code, attempt=timer.attempts)
            give_back(self._runtime, timer)
