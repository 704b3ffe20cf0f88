"""The operators' record: who did what by the command line, one JSON line an act, beside the logs."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime

import orjson

from kota.home import Home


def record_act(home: Home, act: str, **detail: str) -> None:
    """Append one line; it is on disk when this returns."""
    line = {"at": datetime.now(UTC), "operator": getpass.getuser(), "act": act, **detail}
    home.logs.mkdir(parents=True, exist_ok=True)
    with (home.logs / "operators.jsonl").open("ab") as record:
        record.write(orjson.dumps(line) + b"\n")
        record.flush()
        os.fsync(record.fileno())
