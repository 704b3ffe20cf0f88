"""What can befall a broker, for the length of a block."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import psutil

from kota.engines import RabbitmqNode
from kota.engines.rabbitmq import NODE_NAME


@contextmanager
def stopped(node: RabbitmqNode) -> Iterator[None]:
    """Nobody listens at its ports any more."""
    node.stop()
    try:
        yield
    finally:
        node.start()


@contextmanager
def frozen(node: RabbitmqNode) -> Iterator[None]:
    """SIGSTOP to the node and all that it started."""
    processes = [psutil.Process(pid) for pid in node.pids]
    all_of_them = [*processes, *(child for one in processes for child in one.children(recursive=True))]
    _tell(all_of_them, signal.SIGSTOP)
    try:
        yield
    finally:
        _tell(all_of_them, signal.SIGCONT)


def _tell(processes: Iterable[psutil.Process], what: signal.Signals) -> None:
    """The node starts helpers that live for a moment: one that has ended meanwhile needs no signal."""
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(what)


@contextmanager
def full_disk(node: RabbitmqNode) -> Iterator[None]:
    """The broker raises its disk alarm and takes no more from those who publish."""
    control(node, "set_disk_free_limit", "900000000000000")
    try:
        yield
    finally:
        control(node, "set_disk_free_limit", "50MB")


def control(node: RabbitmqNode, *command: str) -> None:
    program = node.programs.server.parent / "rabbitmqctl"
    done = subprocess.run(
        [program, "-n", NODE_NAME, *command],
        env=node.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
