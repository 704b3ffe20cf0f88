"""Child processes of a benchmark: started together, waited for, and stopped, each within a limit."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

STOP_SECONDS = 15.0
IDLE_SHARE = 0.1


class NotReady(Exception):
    """A process ended, or did not answer, before its limit."""


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def python(module: str, *arguments: str) -> list[str]:
    """The command line of a module of this environment."""
    return [sys.executable, "-m", module, *arguments]


def start(
    command: Sequence[str], env: Mapping[str, str], log: int | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, with `env` on top of this process's environment; in the checkout
    `folder`, if it is another one."""
    given = {**os.environ, **env}
    return subprocess.Popen(command, env=given, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """SIGTERM to all, then SIGKILL to the process group of any that outlives STOP_SECONDS."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(STOP_SECONDS)


@contextmanager
def running(
    commands: Sequence[Sequence[str]], env: Mapping[str, str], folder: Path | None = None
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The commands as children for the length of the block."""
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.extend(start(command, env, folder=folder) for command in commands)
        yield children
    finally:
        stop(children)


def wait_until_created(
    url: str,
    request: tuple[Mapping[str, str], bytes],
    children: Sequence[subprocess.Popen[bytes]],
    seconds: float = 30,
) -> int:
    """POST `request` (headers, body) to `url` until it is answered with 201; returns how many it created: 1.

    Every try carries the same Idempotency-Key, so that one that was answered late creates nothing more.
    Raises NotReady when a child ends or the limit passes.
    """
    headers, body = request
    deadline, answer = time.monotonic() + seconds, "no connection"
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            raise NotReady(f"a process behind {url} ended; its output is above")
        try:
            response = httpx.post(url, content=body, headers={"content-type": "application/json", **headers}, timeout=5)
            if response.status_code == httpx.codes.CREATED:
                return 1
            answer = f"{response.status_code} {response.text[:200]}"
        except httpx.TransportError as error:
            answer = repr(error)
        time.sleep(0.2)
    raise NotReady(f"{url} was not ready in {seconds} s; last answer: {answer}")


def wait_until_settled(children: Sequence[subprocess.Popen[bytes]], seconds: float = 60) -> None:
    """Wait until the children and theirs, all together, use less than IDLE_SHARE of a core over a second.

    The first answer shows only that one worker is up: another that still imports would take the processor
    from what is measured, and its own share of the work would be missing. Raises NotReady.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        before = _cpu_seconds(children)
        time.sleep(1)
        if sum(_cpu_seconds(children).values()) - sum(before.values()) < IDLE_SHARE:
            return
    raise NotReady(f"the processes were still busy after {seconds} s without load")


def _cpu_seconds(children: Sequence[subprocess.Popen[bytes]]) -> dict[int, float]:
    family = [psutil.Process(child.pid) for child in children]
    family += [descendant for parent in list(family) for descendant in parent.children(recursive=True)]
    return {process.pid: sum(process.cpu_times()[:2]) for process in family}


def run_together(commands: Sequence[Sequence[str]], env: Mapping[str, str]) -> None:
    """Run the commands as children until this process gets SIGTERM or SIGINT, or one of them ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with running(commands, env) as children:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        sys.exit("a child process ended")


def process_and_memory(command: list[str]) -> tuple[float, int]:
    """Seconds and megabytes of a process."""
    began = time.perf_counter()
    process = psutil.Popen(command, stdin=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _together(process))
        time.sleep(0.02)
    assert process.returncode == 0, command
    return time.perf_counter() - began, peak // 1_000_000


def _together(process: psutil.Process) -> int:
    """Bytes of memory of a process and those that it started; shared pages count once for each."""
    with suppress(psutil.NoSuchProcess):
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
    return 0
