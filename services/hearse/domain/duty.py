"""Officers and when they are on duty: shifts that repeat every week, in WIB. Leave is an absence, see absences.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from contracts.times import WIB, Weekday

from .window import Window, joined

DAYS = tuple(Weekday)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Until a time that is not later than its start: until then on the next day (07:00 to 07:00 is a whole day)."""

    days: tuple[Weekday, ...]
    begins: str
    ends: str

    def on(self, day: date) -> Window | None:
        """The shift that begins on this day, or None."""
        if DAYS[day.weekday()] not in self.days:
            return None
        begins, ends = _at(day, self.begins), _at(day, self.ends)
        return Window(begins, ends if ends > begins else ends + A_DAY)


@dataclass(slots=True)
class Officer:
    """A driver may also go as the second officer. The name is not in the repr."""

    id: str
    name: str = field(repr=False)
    drives: bool
    shifts: tuple[Shift, ...]
    version: int = 1

    def describe(self, name: str, drives: bool, shifts: tuple[Shift, ...]) -> bool:
        """Take over master data; True if anything changed."""
        if (name, drives, shifts) == (self.name, self.drives, self.shifts):
            return False
        self.name, self.drives, self.shifts = name, drives, shifts
        self.version += 1
        return True

    def duty(self, within: Window) -> list[Window]:
        """When the officer is on duty, in as few windows as possible; shifts that follow each other are one."""
        return joined(window for window in self._shifts(within) if window.overlaps(within))

    def on_duty(self, window: Window) -> bool:
        """True for all of it."""
        return any(one.covers(window) for one in self.duty(window))

    def _shifts(self, within: Window) -> Iterator[Window]:
        assert within.ends_at is not None, "duty is looked at for a time with an end"
        day, last = within.begins_at.astimezone(WIB).date() - A_DAY, within.ends_at.astimezone(WIB).date()
        while day <= last:
            yield from (window for shift in self.shifts if (window := shift.on(day)) is not None)
            day += A_DAY


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), WIB)
