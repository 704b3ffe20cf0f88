"""Where every unit is and what it does, at any time of a replay.

A unit drives in a straight line; its place on the way is the node nearest to it. Its progress is taken from the
realised driving time: a crew's device shows where the unit is, and from there the rest is predicted.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..rec2 import Array
from .city import City

NOBODY = -1


class Doing(IntEnum):
    """Idle covers parked and driving to a base; busy is from the scene to the end of the hand-over."""

    IDLE, EN_ROUTE, BUSY = range(3)


class Fleet:
    """The units of one replay. The latest leg of each goes from `origin` at `departs` to `goal` at `arrives`."""

    def __init__(self, city: City) -> None:
        units = city.units
        self.city = city
        self.doing = np.full(units, Doing.IDLE, dtype=np.int64)
        self.base = city.homes.copy()
        self.origin = city.bases[city.homes].copy()
        self.goal = self.origin.copy()
        self.to_base = np.ones(units, dtype=bool)
        self.departs = np.full(units, -np.inf)
        self.arrives = np.full(units, -np.inf)
        self.predicted = np.zeros(units)
        self.call = np.full(units, NOBODY)
        self.moved_at = np.full(units, -np.inf)
        self._looked, self._nodes = np.nan, self.goal

    def idle(self) -> NDArray[np.int64]:
        """Who may be sent."""
        return np.flatnonzero(self.doing == Doing.IDLE)

    def en_route(self) -> NDArray[np.int64]:
        """Who is sent to a call and not there yet, from the call taking on."""
        return np.flatnonzero(self.doing == Doing.EN_ROUTE)

    def parked(self, now: float) -> NDArray[np.bool_]:
        """Who stands at a base."""
        stands: NDArray[np.bool_] = (self.doing == Doing.IDLE) & self.to_base & (self.arrives <= now)
        return stands

    def node(self, unit: int, now: float) -> int:
        """Where it is."""
        return int(self.nodes(now)[unit])

    def nodes(self, now: float) -> NDArray[np.int64]:
        """Where all are; several questions at one moment look once, unless somebody starts or stops in between."""
        if now != self._looked:
            self._looked, self._nodes = now, self._look(now)
        return self._nodes

    def _look(self, now: float) -> NDArray[np.int64]:
        there, waits = now >= self.arrives, now <= self.departs
        nodes = np.where(there, self.goal, self.origin)
        drives = np.flatnonzero(~there & ~waits)
        if len(drives):
            parts = (now - self.departs[drives]) / (self.arrives[drives] - self.departs[drives])
            nodes[drives] = self.city.nodes_between(self.origin[drives], self.goal[drives], parts)
        return nodes

    def remaining(self, unit: int, now: float) -> float:
        """Predicted minutes to its goal, with the wait until it departs."""
        return float(self._waits(unit, now)) + float(self.predicted[unit]) * (1.0 - self._part(unit, now))

    def minutes_to(self, node: int, units: NDArray[np.int64], now: float, untold: float = 0.0) -> Array:
        """Predicted minutes to a node of which a crew is told in `untold` minutes; the turnout of the parked ones is
        included, and what is left of it of those who were sent elsewhere a moment ago."""
        drive: Array = self.city.minutes[self.nodes(now)[units], node] * self.city.slowness(now)
        ready = np.maximum(self._waits(units, now), untold + self.city.turnout * self.parked(now)[units])
        return drive + ready

    def ready(self, unit: int, told: float, now: float) -> float:
        """When it can depart if its crew is told then. A crew that is turning out already goes on with that."""
        if self.parked(now)[unit]:
            return told + self.city.turnout
        return max(told, float(self.departs[unit])) if self.doing[unit] == Doing.EN_ROUTE else told

    def drive(self, unit: int, goal: int, departs: float, predicted: float, realised: float, now: float) -> None:
        """Start a leg from where it is now."""
        self.origin[unit], self.goal[unit] = self.node(unit, now), goal
        self.departs[unit], self.arrives[unit], self.predicted[unit] = departs, departs + realised, predicted
        self.to_base[unit], self._looked = False, np.nan

    def stand(self, unit: int, node: int, now: float) -> None:
        """It is at a node, not at rest in a base."""
        self.origin[unit] = self.goal[unit] = node
        self.departs[unit] = self.arrives[unit] = now
        self.to_base[unit], self._looked = False, np.nan

    def _waits(self, units: int | NDArray[np.int64], now: float) -> Array:
        waits: Array = np.maximum(0.0, self.departs[units] - now)
        return waits

    def _part(self, unit: int, now: float) -> float:
        takes = float(self.arrives[unit] - self.departs[unit])
        return min(1.0, max(0.0, (now - float(self.departs[unit])) / takes)) if takes > 0 else 1.0
