"""`python -m bench.spent COMMAND …`: how long a command took, and the processor time that the whole machine spent.

The whole machine, because a test run's engines and services are no children of the command; so nothing else of weight
may run meanwhile. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

WORKING = (1, 2, 3, 6, 7)
"""Columns of the line `cpu` in /proc/stat: user, nice, system, irq, softirq. Not idle, not waiting, and not what other
machines on the same host took."""


def busy_seconds() -> float:
    """Processor time of all processors since the machine began."""
    columns = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return sum(int(columns[place]) for place in WORKING) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run the command and end with its exit code."""
    busy, begun = busy_seconds(), time.monotonic()
    code = subprocess.run(sys.argv[1:], check=False).returncode
    wall, spent = time.monotonic() - begun, busy_seconds() - busy
    share = spent / wall / (os.cpu_count() or 1)
    print(f"exit {code}: {wall:.1f} s, {spent:.1f} s of processor time, {share:.0%} of {os.cpu_count()} processors")
    sys.exit(code)


if __name__ == "__main__":
    main()
