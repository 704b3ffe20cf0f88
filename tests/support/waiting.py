"""Waiting for a condition, never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
PACE_SECONDS, SLOWEST_PACE_SECONDS = 0.02, 0.1


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


def until_all(count: Callable[[], int], wanted: int, what: str, standstill: float = 20.0) -> None:
    """Wait for a number that grows, for as long as it grows: how fast is the machine's affair."""
    seen, since, pace = count(), time.monotonic(), threading.Event()
    while seen < wanted:
        pace.wait(SLOWEST_PACE_SECONDS)
        if (now := count()) > seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > standstill:
            raise AssertionError(f"{what}: {seen} of {wanted}, and no more for {standstill:g} s")
    assert seen == wanted, f"{what}: {seen} instead of {wanted}"


def is_soon(act: Callable[[], object], within: float, tries: int = 5) -> bool:
    """Whether it takes less than so many seconds, once at least: a busy machine may make each of the others late."""
    for _ in range(tries):
        begun = time.monotonic()
        act()
        if time.monotonic() - begun < within:
            return True
    return False
