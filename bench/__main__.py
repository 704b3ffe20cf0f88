"""`python -m bench`: every measurement of docs/performance.md, one after the other."""

from __future__ import annotations

import subprocess
import sys

MEASUREMENTS = (
    "bench.dispatch",
    "bench.command_path",
    "bench.relay",
    "bench.ambulance_reports",
    "bench.handlers",
    "bench.lag",
    "bench.hearse",
    "bench.umkm",
    "bench.umkm_capital",
    "bench.education",
    "bench.education_waivers",
    "bench.education_payments",
    "bench.console",
    "bench.image",
)


def main() -> None:
    """Run all; the first that fails ends it."""
    for module in MEASUREMENTS:
        print(f"\n== python -m {module}", flush=True)
        subprocess.run([sys.executable, "-m", module], check=True)


if __name__ == "__main__":
    main()
