"""Images: the tree that each part's image holds, and its process's memory at start, beside the whole checkout's.

`python -m bench.image [--only hearse gateway]`: builds every part with the Dockerfile's script into an empty folder.
Then each service is started from its tree and from the checkout, by turns, on one database server and one broker; what
is resident when it is ready is read, and the medians are compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from bench.processes import free_port, python, running
from bench.servers import Servers, servers
from chassis.migrate import upgrade
from kota.health import is_ready
from kota.parts import all_parts
from kota.services import discover
from kota.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
GOAL_SIZE, GOAL_MEMORY = 0.5, 1.0
MEGABYTE = 1_000_000
START_SECONDS = 60
ROUNDS = 5


def main() -> None:
    """Build, measure, print ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.image", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="PART", default=list(all_parts()))
    chosen = parser.parse_args().only
    services = [name for name in discover() if name in chosen]
    whole = _size(Path(sys.prefix))
    print(f"the whole environment: {whole / MEGABYTE:.0f} MB, without our own code")
    with tempfile.TemporaryDirectory(prefix="kota-images-") as folder, servers(services) as private:
        for name in chosen:
            tree = Path(folder) / name
            begun = time.monotonic()
            _build(name, tree)
            size, seconds = _size(tree), time.monotonic() - begun
            share = f"{size / whole:.2f} of it (goal {GOAL_SIZE})"
            line = f"{name:10} {size / MEGABYTE:5.0f} MB, {share}, {seconds:.0f} s to build"
            print(line + (_memory(name, tree, private) if name in services else ""), flush=True)


def _build(name: str, tree: Path) -> None:
    script = ROOT / "deploy" / "image" / "build.sh"
    environment = {**os.environ, "PYTHON": sys.executable}
    command = ["sh", str(script), name, str(ROOT), str(tree)]
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)


def _memory(name: str, tree: Path, private: Servers) -> str:
    upgrade(name, private.databases[name])
    # As in a container, where nothing else is installed.
    bare = tree / "bare-python"
    bare.write_text(f'#!/bin/sh\nexec "{os.path.realpath(sys.executable)}" -S "$@"\n')
    bare.chmod(0o755)
    environment = {
        f"DATABASE_URL_{name.upper()}": private.databases[name],
        "AMQP_URI": private.brokers[name],
        "PYTHON": str(bare),
    }
    commands = {"ours": [str(tree / "start")], "there": python("chassis.run", name)}
    rounds = [{who: _resident(command, environment) for who, command in commands.items()} for _ in range(ROUNDS)]
    ours, there = (statistics.median(each[who] for each in rounds) for who in commands)
    return f"; {ours / MEGABYTE:.0f} MB resident, {ours / there:.2f} of the checkout's (goal {GOAL_MEMORY})"


def _resident(command: list[str], environment: Mapping[str, str]) -> int:
    port = free_port()
    with running([command], {**environment, "HEALTH_PORT": str(port), "LOG_LEVEL": "ERROR"}) as (child,):
        wait_until(lambda: is_ready(f"http://127.0.0.1:{port}"), f"{command} to be ready", limit=START_SECONDS)
        return int(psutil.Process(child.pid).memory_info().rss)


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


if __name__ == "__main__":
    main()
