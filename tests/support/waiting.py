"""Waiting for a condition, never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
PACE_SECONDS, SLOWEST_PACE_SECONDS = 0.02, 0.1


def until_all(count: Callable[[], int], wanted: int, what: str, standstill: float = 20.0) -> None:
    """Wait for a number that grows, for as long as it grows: how fast is the machine's affair."""
    seen = count()
    while seen < wanted:
        before = seen
        seen = until(lambda before=before: (n := count()) > before and n, f"{what}: {seen} of {wanted}", standstill)  # type: ignore[misc]
    assert seen == wanted, f"{what}: {seen} instead of {wanted}"


def until(condition: Callable[[], Value], what: str, limit: float = 15.0) -> Value:
    """The first true value of `condition`; fails the test after `limit` seconds."""
    begun = time.monotonic()
    end = begun + limit
    pace = threading.Event()
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit:g} s for {what}")
        # What takes long is asked for less often: asking may cost a session, and takes its time from what is awaited.
        pace.wait(min(PACE_SECONDS + (time.monotonic() - begun) / 25, SLOWEST_PACE_SECONDS))
    return value
