"""Starts two service processes and one gateway, each with nameko's own command, as its examples do."""

from __future__ import annotations

import os
from pathlib import Path

from bench.processes import python, run_together

CONFIG = str(Path(__file__).with_name("config.yaml"))
PACKAGE = "bench.peers.nameko_way"


def _run(module: str) -> list[str]:
    return python("nameko", "run", "--config", CONFIG, f"{PACKAGE}.{module}")


if __name__ == "__main__":
    # Without wait_select psycopg 3 waits in C and blocks eventlet's hub: the peer would be slowed unfairly.
    environment = {**os.environ, "PSYCOPG_WAIT_FUNC": "wait_select"}
    run_together([_run("service"), _run("service"), _run("gateway")], environment)
