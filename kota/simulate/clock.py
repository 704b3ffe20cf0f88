"""Simulated time: runs faster than the wall clock, starts at midnight, and slows down when the suite can't keep up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

DAY_SECONDS = 86_400.0
SLICE_SECONDS = 0.05


class Clock:
    """Seconds of the simulated day; `wall()` is the real time, the only one that a server believes."""

    def __init__(self, speed: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wanted = self._speed = speed
        self._monotonic = monotonic
        self._mark, self._at_mark = monotonic(), 0.0

    @property
    def speed(self) -> float:
        """Simulated seconds per second at this moment."""
        return self._speed

    def now(self) -> float:
        """Simulated seconds since midnight; may exceed a day while the last trips end."""
        return self._at_mark + (self._monotonic() - self._mark) * self._speed

    def slow_down(self, share: float) -> None:
        """Run at this share (0 to 1) of the wanted speed from now on."""
        self._at_mark, self._mark = self.now(), self._monotonic()
        self._speed = self._wanted * share

    def wall(self) -> datetime:
        """The real time, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait so many simulated seconds."""
        await self.until(self.now() + seconds)

    async def until(self, moment: float) -> None:
        """Wait until a simulated moment; at once if it has passed."""
        while (left := moment - self.now()) > 0:
            await asyncio.sleep(min(left / self._speed, SLICE_SECONDS))
