"""From when until when: a half-open span of time, so that one may begin when another ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """`ends_at` None: without an end that is known."""

    begins_at: datetime
    ends_at: datetime | None

    def overlaps(self, other: Window) -> bool:
        """True if there is a moment in both."""
        return _before(self.begins_at, other.ends_at) and _before(other.begins_at, self.ends_at)

    def holds(self, moment: datetime) -> bool:
        """True if the moment lies within."""
        return self.begins_at <= moment and _before(moment, self.ends_at)

    def covers(self, other: Window) -> bool:
        """True if all of the other lies within."""
        if other.begins_at < self.begins_at:
            return False
        return self.ends_at is None or (other.ends_at is not None and other.ends_at <= self.ends_at)


def _before(moment: datetime, end: datetime | None) -> bool:
    return end is None or moment < end


def joined(windows: Iterable[Window]) -> list[Window]:
    """The same time in as few windows as possible, in order: what touches or overlaps becomes one."""
    result: list[Window] = []
    for window in sorted(windows, key=lambda one: one.begins_at):
        last = result[-1] if result else None
        if last is None or (last.ends_at is not None and last.ends_at < window.begins_at):
            result.append(window)
        elif last.ends_at is not None and (window.ends_at is None or window.ends_at > last.ends_at):
            result[-1] = Window(last.begins_at, window.ends_at)
    return result
