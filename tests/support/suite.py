"""The whole suite as its operator runs it: `kota up --detach`, `kota status`, `kota down`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kota.home import Home
from kota.processes import left_behind
from kota.suite import Suite, running_suite
from kota.supervisor import Supervisor

from .api import Api
from .processes import ROOT
from .run.folder import keep_logs, new_home
from .waiting import until

UP_SECONDS, COMMAND_SECONDS = 150, 100


@dataclass(frozen=True)
class Installation:
    """One home with the suite running in it."""

    root: Path

    @property
    def home(self) -> Home:
        """Its folders."""
        return Home.from_environment({"KOTA_HOME": str(self.root)})

    @property
    def suite(self) -> Suite:
        """Its addresses; raises OperatorError when it is not running."""
        return running_suite({"KOTA_HOME": str(self.root)})

    def api(self) -> Api:
        """Its public API."""
        return Api(self.suite.gateway_url, self.suite.issuer_url)

    def kota(self, *arguments: str, limit: float = COMMAND_SECONDS, **more: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator."""
        return subprocess.run(
            [sys.executable, "-m", "kota", *arguments],
            cwd=ROOT,
            env={**os.environ, "KOTA_HOME": str(self.root), "COLUMNS": "200", **more},
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )

    def up(self, **environment: str) -> None:
        """Start it; the environment is added to the operator's."""
        done = self.kota("up", "--detach", limit=UP_SECONDS, **environment)
        assert done.returncode == 0, done.stdout + done.stderr

    def down(self) -> None:
        """Stop it; not one process of it may be left."""
        done = self.kota("down")
        assert done.returncode == 0, done.stdout + done.stderr
        assert [process.cmdline() for process in left_behind(self.home)] == []

    def again(self, **environment: str) -> None:
        """Stop and start with another environment; the data stay."""
        self.down()
        self.up(**environment)

    def status(self) -> dict[str, Any]:
        """What `kota status --json` says."""
        done = self.kota("status", "--json")
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def pid(self, process: str) -> int:
        """The present process of a program; 0 while it has none."""
        return next(info.pid for info in Supervisor(self.home).processes() if info.name == process)

    def signal(self, process: str, number: signal.Signals) -> int:
        """Send a signal, once the program runs; the supervisor starts it again when it ends. Returns the pid."""
        pid = until(lambda: self.pid(process), f"{process} to run", limit=30)
        os.kill(pid, number)
        return pid

    def kill(self, process: str) -> int:
        """Like a crash."""
        return self.signal(process, signal.SIGKILL)

    def is_well(self) -> bool:
        """Every process is there and ready."""
        return all(each["state"] == "running" and each["ready"] is not False for each in self.status()["processes"])


@contextmanager
def installation(**environment: str) -> Iterator[Installation]:
    """A running suite under a short path of its own, on free ports; nothing of it is left afterwards."""
    root = new_home()
    made = Installation(root)
    try:
        made.up(**environment)
        yield made
        made.down()
    finally:
        made.kota("down")
        keep_logs(root / "logs", root.name)
        shutil.rmtree(root, ignore_errors=True)
