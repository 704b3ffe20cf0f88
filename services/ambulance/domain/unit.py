"""Unit: a vehicle with its crew: type, base, duty and latest position. Whether it is committed follows from
assignments.

Invariants: the version rises by one per change of duty, type, base or standby; only a unit on duty stands by, and never
at its own base; the position is telemetry, 1 Hz per unit, and raises no version and causes no event; the position's
time never goes back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from contracts.ambulance.events import UnitStatusChanged
from contracts.ambulance.values import UnitState, UnitType
from contracts.base import Event
from contracts.geography import Point, metres
from contracts.problems import wrong_field

from .clock import refuse_future
from .refusals import required_text

TOP_SPEED = 200 / 3.6
"""Metres per second; an ambulance that moved faster than 200 km/h between two fixes did not: one of them is
wrong."""

AGREEING_FIXES = 3
"""So many fixes in a row that contradict the one that we believe, but not each other, are believed instead."""

OUTLIERS_A_DAY = 3
"""A device with so many in 24 hours is told to a manager."""

FIX_ERROR_METRES = 100.0
"""How far two fixes may lie apart without any movement, so that jitter at 1 Hz does not look like speed."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a device said that it was."""

    location: Point
    at: datetime


@dataclass(frozen=True, slots=True)
class Standby:
    """Another base than its own, at which a unit is to wait."""

    base: Point
    since: datetime


@dataclass(slots=True)
class Unit:
    """`state` is the duty: off_duty, available or out_of_service; never committed. `doubted` are the newest fixes that
    were too far off to be believed; `regained` and `outliers` say which were believed after all, and instead of
    which, since the unit was loaded."""

    id: str
    type: UnitType
    base: Point
    state: UnitState = UnitState.OFF_DUTY
    reason: str | None = None
    standby: Standby | None = None
    location: Point | None = field(default=None)
    located_at: datetime | None = None
    doubted: tuple[Fix, ...] = ()
    regained: list[Fix] = field(default_factory=list)
    outliers: list[Fix] = field(default_factory=list)
    version: int = 1

    @classmethod
    def register(cls, id: str, type: UnitType, base: Point) -> tuple[Unit, list[Event]]:
        """A new unit starts off duty."""
        unit = cls(id, type, base)
        return unit, [unit._status()]

    def describe(self, type: UnitType, base: Point) -> list[Event]:
        """Correct the master data; the same again changes nothing."""
        if (type, base) != (self.type, self.base):
            self.type, self.base = type, base
            self.standby = None if self.standby and self.standby.base == base else self.standby
            self.version += 1
        return []

    def shown_state(self, has_active_assignment: bool) -> UnitState:
        """The state to show: committed while an assignment is active, else the duty."""
        return UnitState.COMMITTED if has_active_assignment else self.state

    def set_status(self, state: UnitState, reason: str | None = None) -> list[Event]:
        """Change the duty. Allowed during a trip too: a vehicle may break down. Raises InvalidRequest for
        `committed`, and for `out_of_service` without a reason."""
        if state is UnitState.COMMITTED:
            raise wrong_field("state", "derived", "committed follows from assignments", "dispatch the unit instead")
        text = (reason or "").strip() or None
        if state is UnitState.OUT_OF_SERVICE:
            text = required_text("reason", reason, "say why the unit is out of service")
        if state is UnitState.AVAILABLE:
            text = None
        if (state, text) == (self.state, self.reason):
            return []
        self.state, self.reason = state, text
        self.standby = self.standby if state is UnitState.AVAILABLE else None
        self.version += 1
        return [self._status()]

    def stand_by(self, base: Point, now: datetime) -> list[Event]:
        """Wait at another base, or at its own again; the same again changes nothing."""
        if base == (self.standby.base if self.standby else self.base):
            return []
        self.standby = None if base == self.base else Standby(base, now)
        self.version += 1
        return [self._status()]

    def sent(self) -> list[Event]:
        """It goes to an incident; where it waits afterwards is decided then."""
        if self.standby is None:
            return []
        self.standby = None
        self.version += 1
        return [self._status()]

    def report_position(self, location: Point, at: datetime, now: datetime) -> bool:
        """Take a fix; True if it is now the latest, False if a newer one was known.

        Raises InvalidRequest for a time in the future, and for a jump at over 200 km/h. A wrong fix that was believed
        does not lock the unit out: the third of the later ones that agree with each other is believed instead.
        """
        refuse_future("at", at, now)
        if self.located_at is not None and at <= self.located_at:
            return False
        fix = Fix(location, at)
        if self.location is not None and self.located_at is not None:
            believed = Fix(self.location, self.located_at)
            if not _reachable(believed, fix):
                self._doubt(fix)
                self.outliers.append(believed)
        self.location, self.located_at, self.doubted = location, at, ()
        return True

    def _doubt(self, fix: Fix) -> None:
        """Return if the doubted ones have won, else raise InvalidRequest."""
        last = self.doubted[-1] if self.doubted else None
        if last is None or (fix.at > last.at and not _reachable(last, fix)):
            self.doubted = (fix,)
        elif fix.at > last.at:
            self.doubted = (*self.doubted, fix)
        if len(self.doubted) < AGREEING_FIXES or fix != self.doubted[-1]:
            raise wrong_field("location", "too_fast", "over 200 km/h since the last position", "check the device's GPS")
        self.regained += self.doubted[:-1]

    def position_age(self, now: datetime) -> int | None:
        """Seconds since the latest fix; None if there never was one."""
        return None if self.located_at is None else max(0, int((now - self.located_at).total_seconds()))

    def _status(self) -> UnitStatusChanged:
        standby = self.standby.base if self.standby else None
        return UnitStatusChanged(unit_id=self.id, state=self.state, standby=standby)


def _reachable(start: Fix, end: Fix) -> bool:
    moved = max(0.0, metres(start.location, end.location) - FIX_ERROR_METRES)
    return moved <= TOP_SPEED * (end.at - start.at).total_seconds()
