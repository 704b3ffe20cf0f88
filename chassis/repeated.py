"""What goes on and on is told when it begins and once a minute after that, not at every try."""

from __future__ import annotations

import time
from collections.abc import Callable

AGAIN_AFTER = 60.0


class Repeated:
    """Remembers, by key, the last reason told."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, tuple[str, float]] = {}

    def is_news(self, key: str, reason: str) -> bool:
        """True if this reason of this key was not told within the last minute; it counts as told then."""
        last, at = self._told.get(key, ("", 0.0))
        if last == reason and self._clock() - at < AGAIN_AFTER:
            return False
        self._told[key] = (reason, self._clock())
        return True
