"""Real service processes under test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from kota.health import plain_client
from kota.ports import any_free_port

from .run.folder import mark
from .waiting import until

ROOT = Path(__file__).resolve().parents[2]


class ServiceProcess:
    """`python -m chassis.run <name>` with its own environment and log."""

    def __init__(
        self, name: str, database_url: str, amqp_uri: str, log: Path, environment: dict[str, str], root: Path = ROOT
    ) -> None:
        self.name, self.log, self.root = name, log, root
        self.command = [sys.executable, "-m", "chassis.run", name]
        self.port = any_free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            f"DATABASE_URL_{name.upper()}": database_url,
            "AMQP_URI": amqp_uri,
            "HEALTH_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            **mark(),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready."""
        self.launch()
        until(self.is_ready, f"{self.name} to be ready:\n{self.text()[-3000:]}", limit=30)

    def launch(self) -> None:
        """Start and do not wait."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.root,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def is_ready(self) -> bool:
        """Whether all is well with it."""
        return self.status() == "ready"

    def status(self) -> str:
        """What it says of itself: `ready`, `degraded`, `not ready`; empty while it does not answer."""
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended with {self.process.returncode}:\n{self.text()[-3000:]}")
        try:
            return str(plain_client().get(self.url("/health/ready"), timeout=2).json()["status"])
        except httpx.TransportError:
            return ""

    def url(self, path: str) -> str:
        """An address of its health port."""
        return f"http://127.0.0.1:{self.port}{path}"

    def metric(self, line: str) -> float:
        """The value of one metric line, 0 if it is not there."""
        for text in plain_client().get(self.url("/metrics"), timeout=5).text.splitlines():
            if text.startswith(line + " "):
                return float(text.rpartition(" ")[2])
        return 0.0

    def text(self) -> str:
        """The log so far."""
        return self.log.read_text() if self.log.exists() else ""

    def lines(self) -> list[dict[str, object]]:
        """The log as JSON; every line must be."""
        return [json.loads(line) for line in self.text().splitlines() if line]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def wait(self, limit: float = 40) -> int:
        """Wait for its end; returns the exit code."""
        assert self.process is not None
        return self.process.wait(limit)

    def kill(self) -> None:
        """Like a crash."""
        self.signal(signal.SIGKILL)
        self.wait()

    def end(self) -> None:
        """End it at once if it still runs: an orderly stop takes seconds, and is asked for where it is tested."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
