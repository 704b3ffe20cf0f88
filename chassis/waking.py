"""How the relay hears that events were committed: at once inside its own process, through PostgreSQL from others.

PostgreSQL lets only one transaction with a NOTIFY commit at a time, and each wakes a backend and then us. Most commits
happen in the process whose relay leads, so they ring here and the database need not tell.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg

QUIET = "SELECT 1"
NOTIFY = "SELECT pg_notify('outbox', '')"


class WakeUp:
    """One per process. A ring that gets lost, as the leader changes, costs the relay's slow poll and no event."""

    def __init__(self) -> None:
        self._rung, self._leads = threading.Event(), threading.Event()

    def tail(self, emitted: bool) -> str:
        """What ends the statement that commits: nothing, or with events a NOTIFY for another process that leads."""
        return NOTIFY if emitted and not self._leads.is_set() else QUIET

    def ring(self, emitted: bool = True) -> None:
        """A unit of work was committed, with events or without."""
        if emitted:
            self._rung.set()

    def lead(self, leads: bool) -> None:
        """Whether the relay of this process is the service's leader."""
        if leads:
            self._leads.set()
        else:
            self._leads.clear()

    def wait(self, seconds: float) -> bool:
        """Sleep until it rings, at most `seconds`; True if it rang."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def listen(self, database: Callable[[], psycopg.Connection[Any]], seconds: float) -> None:
        """While this process leads, ring for the commits of the others; returns after `seconds` if it does not."""
        if not self._leads.wait(seconds):
            return
        with database() as connection:
            connection.execute("LISTEN outbox")
            while self._leads.is_set():
                if any(True for _ in connection.notifies(timeout=seconds, stop_after=1)):
                    self.ring()
