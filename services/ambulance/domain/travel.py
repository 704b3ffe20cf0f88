"""Travel time: a port, and the estimate that is always there: great circle, detour factor, speed by the
hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.geography import EARTH_RADIUS_METRES, Point, metres
from contracts.times import WIB

DETOUR = 1.3
"""Road distance over great-circle distance; a usual figure for dense cities."""

MANY = 10
"""Origins from which on numpy is quicker."""
HOURS = 24
NIGHT, DAY, PEAK = 40.0, 32.0, 25.0
KILOMETRES_PER_HOUR = (*[NIGHT] * 5, DAY, *[PEAK] * 4, *[DAY] * 6, *[PEAK] * 4, *[DAY] * 2, *[NIGHT] * 2)
"""Speed of a unit by the hour of day in WIB: peaks 06-10 and 16-20, night 22-05. Assumed, until own trips
teach it."""


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """Seconds from each origin, in the order asked, and where the figures come from: `great_circle` (assumed speeds),
    `own_trips` (learned ones) or `road_engine`.

    `sources`: of each figure, where they differ. `engine_out_since`: a road engine should have been asked and does
    not answer; these figures are the next best.
    """

    source: str
    seconds: tuple[float, ...]
    sources: tuple[str, ...] = ()
    engine_out_since: datetime | None = None

    def source_of(self, number: int) -> str:
        """Where the figure of the origin of that number comes from."""
        return self.sources[number] if self.sources else self.source


class TravelTime(Protocol):
    """How long a unit drives. An adapter that falls back to another one says so in `source`."""

    def to(self, destination: Point, origins: Sequence[Point], at: datetime) -> TravelTimes:
        """Driving times from all origins to the destination, leaving `at` (UTC)."""
        ...

    def onward(self, origin: Point, destinations: Sequence[Point], at: datetime) -> TravelTimes:
        """The other way: from one place to each of many."""
        ...


@dataclass(frozen=True, slots=True)
class GreatCircle:
    """The default: no roads, no traffic, no network needed."""

    speeds: tuple[float, ...] = KILOMETRES_PER_HOUR
    detour: float = DETOUR

    def __post_init__(self) -> None:
        if len(self.speeds) != HOURS or min(self.speeds) <= 0:
            raise ValueError("speeds: 24 positive figures in km/h are needed, one per hour of the day")

    def to(self, destination: Point, origins: Sequence[Point], at: datetime) -> TravelTimes:
        """Great circle x detour at the speed of the hour in which the trip starts."""
        per_metre = self.detour / (self.speeds[at.astimezone(WIB).hour] / 3.6)
        if len(origins) < MANY:
            return TravelTimes("great_circle", tuple(metres(origin, destination) * per_metre for origin in origins))
        return TravelTimes("great_circle", tuple((_metres(destination, origins) * per_metre).tolist()))

    def onward(self, origin: Point, destinations: Sequence[Point], at: datetime) -> TravelTimes:
        """There and back take the same time here."""
        return self.to(origin, destinations, at)


def _metres(destination: Point, origins: Sequence[Point]) -> NDArray[np.float64]:
    """The same distances for many at once: a third of the time that a fleet takes to be ranked."""
    degrees = np.array([origin.coordinates for origin in origins])
    north = np.sin(np.radians(destination.latitude - degrees[:, 1]) / 2)
    east = np.sin(np.radians(destination.longitude - degrees[:, 0]) / 2)
    flat = np.cos(np.radians(degrees[:, 1])) * cos(radians(destination.latitude))
    chords = np.sqrt(north * north + flat * east * east)
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_METRES * np.arcsin(np.minimum(1.0, chords))
    return metres
