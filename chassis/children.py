"""Work in a process of its own, while the other green threads go on: for what a stranger's bytes might break.

The child gets its input on standard input and nothing of this process's environment but where programs and modules
are: no keys. What it writes to standard output is the answer. Longer work, or work that must survive this process, is
a job (jobs.py).
"""

from __future__ import annotations

import os
import sys

from eventlet.green import subprocess
from eventlet.semaphore import Semaphore
from eventlet.timeout import Timeout

PASSED_ON = ("PATH", "PYTHONPATH")


class ChildFailed(RuntimeError):
    """It ended otherwise than with success."""


class ChildTooSlow(RuntimeError):
    """It was ended because its time was over."""


class ChildrenBusy(RuntimeError):
    """So many wait already that one more would keep a worker from everything else for too long."""


class Children:
    """Processes of one module (`python -m <module>`): at most `at_once` of them, and at most `waiting` who wait."""

    def __init__(self, module: str, *, seconds: float, at_once: int, waiting: int) -> None:
        self._module, self._seconds = module, seconds
        self._turns, self._room = Semaphore(at_once), Semaphore(at_once + waiting)

    def ask(self, content: bytes) -> bytes:
        """What a child makes of it. Raises ChildFailed, ChildTooSlow or ChildrenBusy."""
        if not self._room.acquire(blocking=False):
            raise ChildrenBusy(f"{self._module}: too many wait")
        try:
            return self._ask(content)
        finally:
            self._room.release()

    def _ask(self, content: bytes) -> bytes:
        with (
            self._turns,
            subprocess.Popen(
                [sys.executable, "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            ) as process,
        ):
            try:
                # Not communicate's own time-out: it raises a class that nobody can name (findings/).
                with Timeout(self._seconds, ChildTooSlow(f"{self._module}: {self._seconds:g} s were not enough")):
                    output, _ = process.communicate(content)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise ChildFailed(f"{self._module} ended with {process.returncode}")
        return bytes(output)
