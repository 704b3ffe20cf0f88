"""Simulated time: runs `speed` times faster than the wall clock and starts at midnight."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

DAY_SECONDS = 86_400.0


class Clock:
    """Seconds of the simulated day; `wall()` is the real time, the only one that a server believes."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._started = time.monotonic()

    def now(self) -> float:
        """Simulated seconds since midnight; may exceed a day while the last trips end."""
        return (time.monotonic() - self._started) * self.speed

    def wall(self) -> datetime:
        """The real time, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait so many simulated seconds."""
        await asyncio.sleep(max(0.0, seconds) / self.speed)

    async def until(self, moment: float) -> None:
        """Wait until a simulated moment; at once if it has passed."""
        await self.sleep(moment - self.now())
