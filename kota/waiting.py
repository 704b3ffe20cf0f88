"""Waiting for a condition, always with a limit."""

from __future__ import annotations

import time
from collections.abc import Callable

from kota.errors import OperatorError


class WaitedTooLong(OperatorError):
    """A condition did not come true within its limit."""


def wait_until(
    condition: Callable[[], bool],
    what: str,
    *,
    limit: float,
    interval: float = 0.05,
) -> None:
    """Return when `condition()` is true; raise WaitedTooLong after `limit` seconds, naming `what`."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() >= end:
            raise WaitedTooLong(f"Waited {limit:.0f} s for {what} in vain.", "Look into the logs.")
        time.sleep(interval)
