"""Starts the floor under uvicorn with FLOOR_WORKERS processes (2)."""

from __future__ import annotations

import os

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        "bench.peers.floor.app:app",
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        workers=int(os.environ.get("FLOOR_WORKERS", "2")),
        log_level="warning",
        access_log=False,
    )
