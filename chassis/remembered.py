"""What seldom changes and is needed often: read once, and looked at again when it is too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from .work import Work

Known = TypeVar("Known")


class Remembered(Generic[Known]):
    """`load` reads it; what is at hand is at most `age` old. One for each process: another may know it longer."""

    def __init__(self, load: Callable[[Work], Known], age: timedelta) -> None:
        self._load, self._age = load, age
        self.forget()

    def forget(self) -> None:
        """Read it anew at the next look."""
        self._known: Known | None = None
        self._checked_at: datetime | None = None

    def at_hand(self, work: Work) -> Known:
        """What is known, read again when it is too old."""
        fresh = self._checked_at is not None and abs(work.now - self._checked_at) < self._age
        if self._known is None or not fresh:
            self._known, self._checked_at = self._load(work), work.now
        return self._known
