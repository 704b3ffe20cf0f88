"""Talking to the supervisor: start it as a child, ask it over its unix socket, end it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import xmlrpc.client
from dataclasses import dataclass
from typing import Any

from supervisor.xmlrpc import Faults, SupervisorTransport

from kota.errors import OperatorError
from kota.home import Home
from kota.processes import MARKER, Identity, end, left_behind
from kota.waiting import wait_until

START_LIMIT = 10.0
# The programs stop one after the other, each with its own limit; this is the limit of all together.
STOP_LIMIT = 120.0
PATIENCE = 3
HOPELESS = {"FATAL", "EXITED", "UNKNOWN"}


@dataclass(frozen=True)
class ProcessInfo:
    """What the supervisor knows of one process; `uptime` in seconds, `started` in seconds since 1970."""

    name: str
    group: str
    state: str
    pid: int
    uptime: int
    started: int


class Supervisor:
    """The supervisor of one installation."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._failures: dict[str, set[int]] = {}

    def launch(self) -> Identity:
        """Start the supervisor in a session of its own (Ctrl-C reaches only us); wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "supervisor.supervisord",
            "-n",
            "-c",
            str(self._home.supervisor_file),
        ]
        with (self._home.logs / "supervisord.out").open("wb") as output:
            process = subprocess.Popen(
                command,
                # What the supervisor has, its processes get: only the path, and the mark to be found by.
                env={"PATH": os.environ.get("PATH", os.defpath), MARKER: str(self._home.root)},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        identity = Identity.of(process.pid)
        wait_until(lambda: self._answers_or_fails(process), "the supervisor", limit=START_LIMIT)
        return identity

    def _answers_or_fails(self, process: subprocess.Popen[bytes]) -> bool:
        if process.poll() is not None:
            raise OperatorError("The supervisor did not start.", f"See {self._home.logs / 'supervisord.out'}.")
        with contextlib.suppress(OSError):
            return bool(self._call("getState")["statename"] == "RUNNING")
        return False

    def start(self, address: str) -> None:
        """Ask for a process to be started; does not wait."""
        try:
            self._call("startProcess", address, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != Faults.ALREADY_STARTED:
                raise

    def stop(self, address: str) -> None:
        """Ask for a process to be stopped, and not started again; waits until it is gone."""
        try:
            self._call("stopProcess", address, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != Faults.NOT_RUNNING:
                raise
        wait_until(lambda: self._state(address) == "STOPPED", f"{address} to stop", limit=STOP_LIMIT)

    def _state(self, address: str) -> str:
        return str(self._call("getProcessInfo", address)["statename"])

    def processes(self) -> list[ProcessInfo]:
        """Every process, in the order of starting."""
        return [_info(raw) for raw in self._call("getAllProcessInfo")]

    def check(self, name: str) -> None:
        """Raise OperatorError if the process has ended, or failed several times in a row while we watched."""
        info = next(info for info in self.processes() if info.name == name)
        if info.state == "BACKOFF":
            self._failures.setdefault(name, set()).add(info.started)
        if info.state in HOPELESS or len(self._failures.get(name, ())) >= PATIENCE:
            raise OperatorError(f"{name} does not start ({info.state.lower()}).", tail(self._home, name))

    def _call(self, method: str, *arguments: Any) -> Any:
        # One connection per call: a connection left open would die with each restart of the supervisor.
        transport = SupervisorTransport(None, None, f"unix://{self._home.supervisor_socket}")
        with xmlrpc.client.ServerProxy("http://localhost", transport=transport) as proxy:
            return getattr(proxy.supervisor, method)(*arguments)


def stop_supervisor(home: Home, supervisor: Identity | None) -> None:
    """End the supervisor, which ends its processes in reverse order; then whatever is left behind."""
    process = supervisor.process() if supervisor else None
    if process is not None:
        end([process], limit=STOP_LIMIT)
    end(left_behind(home))


def tail(home: Home, name: str, lines: int = 15) -> str:
    """The end of a process's log, for the operator."""
    path = home.logs / f"{name}.log"
    text = path.read_text(errors="replace").splitlines()[-lines:] if path.exists() else []
    return "\n".join([f"The end of {path}:", *text])


def _info(raw: dict[str, Any]) -> ProcessInfo:
    running = raw["statename"] in {"RUNNING", "STOPPING"}
    uptime = max(0, raw["now"] - raw["start"]) if running else 0
    return ProcessInfo(raw["name"], raw["group"], raw["statename"], raw["pid"], uptime, raw["start"])
