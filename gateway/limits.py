"""Fair shares: so many requests per client and minute, and emergency intake from a bucket that nothing else can drain.

The `limits` library's sliding window counter in this process's memory: two counters per client whatever the limit is,
where a list of every request would grow with it. Several gateway replicas allow each client as many shares.
"""

from __future__ import annotations

import math
import threading
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from contracts.problems import TooManyRequests

SWEEP_SECONDS = 60.0
INTAKE = frozenset({"ambulance.record_contact", "ambulance.open_incident"})
"""Operations by which an emergency becomes known."""


class _Pace:
    """Stands for the library's timer: seems to be running until a minute has passed."""

    def __init__(self, timer: threading.Timer) -> None:
        self._timer, self._until = timer, time.monotonic() + SWEEP_SECONDS

    def start(self) -> None:
        self._timer.start()

    def is_alive(self) -> bool:
        return time.monotonic() < self._until


class PacedStorage(MemoryStorage):
    """The library's storage forgets old counters in a new thread after nearly every request: here once a minute."""

    @property  # type: ignore[override]
    def timer(self) -> _Pace:
        """Read by the library before it starts another sweep."""
        return self._pace

    @timer.setter
    def timer(self, timer: threading.Timer) -> None:
        timer.daemon = True
        self._pace = _Pace(timer)


class Limiter:
    """Counts the requests of each client. Limits are requests per minute; 0 means no limit."""

    def __init__(self, general_per_minute: int = 6_000, intake_per_minute: int = 12_000) -> None:
        self._storage = PacedStorage()
        self._rules = SlidingWindowCounterRateLimiter(self._storage)
        self._general = _item(general_per_minute, "general")
        self._intake = _item(intake_per_minute, "intake")

    def check(self, client: str, operation: str) -> None:
        """Count one request. Raises TooManyRequests with the seconds to wait."""
        item = self._intake if operation in INTAKE else self._general
        if item is None or self._rules.hit(item, client):
            return
        raise TooManyRequests(f"at most {item.amount} requests a minute", retry_after=self._wait(item, client))

    def _wait(self, item: RateLimitItemPerMinute, client: str) -> int:
        """Whole seconds after which one more fits. The library's own reset time is too early for a full minute."""
        minute = item.get_expiry()
        before, before_left, now, now_left = self._storage.get_sliding_window(item.key_for(client), minute)
        if now < item.amount:
            wait = before_left - (item.amount - now) * minute / max(before, 1)
        else:
            wait = now_left - item.amount * minute / now
        # The wait must be over, not just be reached, and a float may fall short of a whole second.
        return math.floor(max(0.0, wait) + 0.01) + 1


def _item(per_minute: int, bucket: str) -> RateLimitItemPerMinute | None:
    if per_minute < 0:
        raise ValueError(f"the {bucket} limit is {per_minute}: give requests per minute, or 0 for no limit")
    return RateLimitItemPerMinute(per_minute, namespace=bucket) if per_minute else None
