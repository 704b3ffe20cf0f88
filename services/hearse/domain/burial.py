"""Burial places of the city: when burials begin, how long before they are told, how many an hour.

TPU Selapajang Jaya buries every day, in the evening only from 18.00 to 20.00, two hours after it was told; who is later
waits for the next hours. Plots and fees are the office's business: fees are only informed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.geography import Point
from contracts.times import WIB

from .window import Window

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """Burials begin within these hours, every day, in WIB."""

    name: str
    begins: str
    ends: str

    def holds(self, clock: str) -> bool:
        """Until an end that is not later than the start: over midnight."""
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


@dataclass(slots=True)
class BurialPlace:
    """The version rises by one per change."""

    id: str
    name: str
    location: Point
    kelurahan_code: str
    openings: tuple[Opening, ...]
    notice_minutes: int
    capacity_per_hour: int
    version: int = 1

    def describe(self, other: BurialPlace) -> bool:
        """Take over master data; True if anything changed."""
        other.version = self.version
        if other == self:
            return False
        self.name, self.location, self.kelurahan_code = other.name, other.location, other.kelurahan_code
        self.openings, self.notice_minutes = other.openings, other.notice_minutes
        self.capacity_per_hour = other.capacity_per_hour
        self.version += 1
        return True

    def refusal(self, at: datetime, now: datetime, taken: int) -> str | None:
        """Why no burial can begin then: closed, notice or full; None if it can. `taken` others begin in its hour."""
        clock = at.astimezone(WIB).strftime("%H:%M")
        if not any(opening.holds(clock) for opening in self.openings):
            return "closed"
        if at < now + timedelta(minutes=self.notice_minutes):
            return "notice"
        return "full" if taken >= self.capacity_per_hour else None


def hour_of(at: datetime) -> Window:
    """The hour, by the clock, in which a burial counts."""
    begins = at.replace(minute=0, second=0, microsecond=0)
    return Window(begins, begins + AN_HOUR)
