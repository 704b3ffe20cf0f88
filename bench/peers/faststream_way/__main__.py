"""Starts two FastStream processes and one gateway."""

from __future__ import annotations

import os

from bench.processes import python, run_together

PACKAGE = "bench.peers.faststream_way"

if __name__ == "__main__":
    service, gateway = python(f"{PACKAGE}.service"), python(f"{PACKAGE}.gateway")
    run_together([service, service, gateway], os.environ)
