"""What the idle suite holds in memory, of this checkout and of another: proportional set size, each shared page once.

`python -m bench.memory --against FOLDER`: FOLDER is another checkout of this repository (`git worktree add FOLDER
COMMIT`). Each is started as `make up` does, left alone for a while, measured and ended, in turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import psutil

MEGABYTE = 2**20
COMMAND_SECONDS = 300
Sizes = Counter[str]


def main() -> None:
    """Interleaved rounds; medians by process, and ours as a multiple of the other's."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--against", type=Path, required=True, help="the other checkout")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle-seconds", type=float, default=20.0)
    options = parser.parse_args()
    checkouts = {"this": Path.cwd(), "other": options.against.resolve()}
    measured: dict[str, list[Sizes]] = defaultdict(list)
    for number in range(1, options.rounds + 1):
        for name, folder in checkouts.items():
            sizes = _suite(folder, options.idle_seconds)
            measured[name].append(sizes)
            print(f"round {number}, {name:5}: {sizes.total() / MEGABYTE:6.0f} MB", flush=True)
    ours, theirs = (_medians(measured[name]) for name in checkouts)
    for process, size in ours.most_common():
        print(f"{process:20} {size / MEGABYTE:6.1f} MB, the other {theirs[process] / MEGABYTE:6.1f}")
    print(f"{'all':20} {ours.total() / MEGABYTE:6.1f} MB, the other {theirs.total() / MEGABYTE:6.1f}", end="")
    print(f": {ours.total() / theirs.total():.2f} x")


def _medians(rounds: list[Sizes]) -> Sizes:
    return Counter({name: int(statistics.median(sizes[name] for sizes in rounds)) for name in rounds[0]})


def _suite(folder: Path, idle_seconds: float) -> Sizes:
    with tempfile.TemporaryDirectory(prefix="kota-memory-") as home:
        try:
            _kota(folder, home, "up", "--detach")
            time.sleep(idle_seconds)  # what is measured is what is left after a while of nothing
            return _sizes(home)
        finally:
            _kota(folder, home, "down")


def _kota(folder: Path, home: str, *arguments: str) -> None:
    environment = {**os.environ, "KOTA_HOME": home, "KOTA_PORTS": "free"}
    command = [sys.executable, "-m", "kota", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} in {folder} failed:\n{done.stdout}{done.stderr}")


def _sizes(home: str) -> Sizes:
    sizes: Sizes = Counter()
    for process in _processes(home):
        try:
            sizes[name_of(process)] += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return sizes


def _processes(home: str) -> Iterator[psutil.Process]:
    """Those that name the suite's home, or have it as their own, and all below them."""
    found = {}
    for process in psutil.process_iter():
        try:
            named = home in " ".join(process.cmdline()) or process.environ().get("KOTA_HOME") == home
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if named:
            found |= {one.pid: one for one in (process, *process.children(recursive=True))}
    yield from found.values()


def name_of(process: psutil.Process) -> str:
    """What a process is called in the table."""
    if process.name() == "postgres":  # its backends show what they do
        return "postgres"
    command = process.cmdline()
    if "-m" in command:
        return " ".join(command[command.index("-m") + 1 :][:2])
    return process.name()


if __name__ == "__main__":
    main()
