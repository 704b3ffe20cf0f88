"""Waiting for a condition, never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
PACE_SECONDS = 0.02


def until(condition: Callable[[], Value], what: str, limit: float = 15.0) -> Value:
    """The first true value of `condition`; fails the test after `limit` seconds."""
    end = time.monotonic() + limit
    pace = threading.Event()
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit:g} s for {what}")
        pace.wait(PACE_SECONDS)
    return value
