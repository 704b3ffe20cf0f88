"""Speeds learned from our own finished trips: by the hour of the day and the direction of the drive.

The road into the city is slow in the morning, the road out of it in the evening: so each hour has a speed for each of
four directions. A cell with fewer than 20 trips takes the speed of its hour, one whose hour has fewer the assumed
speed. The middle trip counts (median): a crew that pressed a button too late, or stood at a level crossing, moves
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import cos, radians
from statistics import median

import numpy as np

from contracts.geography import Point, metres
from contracts.times import WIB

from .travel import DETOUR, HOURS, KILOMETRES_PER_HOUR, GreatCircle, TravelTimes

TRIPS_NEEDED = 20
LOOK_BACK = timedelta(days=90)
SHORTEST_METRES = 500.0
"""On a shorter drive the minute of getting going counts for more than the road."""
SLOWEST, FASTEST = 3.0, 150.0
"""Kilometres per hour; what lies outside was no drive from there to here."""


class Direction(StrEnum):
    """Where a drive leads, of four."""

    NORTH = "north"
    EAST = "east"
    SOUTH = "south"
    WEST = "west"


DIRECTIONS = tuple(Direction)
ASSUMED, LEARNED = "great_circle", "own_trips"


@dataclass(frozen=True, slots=True)
class Trip:
    """A drive with a siren that has ended."""

    origin: Point
    destination: Point
    begun_at: datetime
    seconds: float

    @property
    def kilometres_per_hour(self) -> float:
        """Along the road, as long as it is assumed to be."""
        return metres(self.origin, self.destination) * DETOUR / max(self.seconds, 1.0) * 3.6


@dataclass(frozen=True, slots=True)
class LearnedSpeed:
    """Of an hour of the day in WIB (0 to 23), in one direction or (None) in all."""

    hour: int
    direction: Direction | None
    kilometres_per_hour: float
    trips: int


def learn(trips: Iterable[Trip]) -> list[LearnedSpeed]:
    """The cells for which there are trips enough."""
    found: dict[tuple[int, Direction | None], list[float]] = defaultdict(list)
    for trip in trips:
        if metres(trip.origin, trip.destination) < SHORTEST_METRES:
            continue
        if not SLOWEST <= (speed := trip.kilometres_per_hour) <= FASTEST:
            continue
        hour = trip.begun_at.astimezone(WIB).hour
        found[hour, direction_of(trip.origin, trip.destination)].append(speed)
        found[hour, None].append(speed)
    cells = [
        LearnedSpeed(hour, direction, round(median(speeds), 2), len(speeds))
        for (hour, direction), speeds in found.items()
        if len(speeds) >= TRIPS_NEEDED
    ]
    return sorted(cells, key=lambda cell: (cell.hour, cell.direction or ""))


def direction_of(origin: Point, destination: Point) -> Direction:
    """Which of the four directions a drive has most of."""
    east, north = _offsets(destination, [origin])
    return DIRECTIONS[int(_direction(east, north)[0])]


@dataclass(frozen=True, slots=True)
class OwnSpeeds:
    """Great circle x detour at the speed of the hour and the direction: learned where it could be, else assumed.

    `cells[direction][hour]`, in the order of DIRECTIONS.
    """

    cells: tuple[tuple[LearnedSpeed, ...], ...]

    @classmethod
    def of(cls, learned: Sequence[LearnedSpeed]) -> OwnSpeeds:
        """From what `learn` found."""
        known = {(cell.hour, cell.direction): cell for cell in learned}

        def cell(hour: int, direction: Direction) -> LearnedSpeed:
            assumed = LearnedSpeed(hour, None, KILOMETRES_PER_HOUR[hour], 0)
            return known.get((hour, direction)) or known.get((hour, None)) or assumed

        return cls(tuple(tuple(cell(hour, direction) for hour in range(HOURS)) for direction in DIRECTIONS))

    def to(self, destination: Point, origins: Sequence[Point], at: datetime) -> TravelTimes:
        """See TravelTime."""
        return self._times(destination, origins, at, +1)

    def onward(self, origin: Point, destinations: Sequence[Point], at: datetime) -> TravelTimes:
        """See TravelTime."""
        return self._times(origin, destinations, at, -1)

    def _times(self, one: Point, many: Sequence[Point], at: datetime, way: int) -> TravelTimes:
        """`way`: +1 towards the one, -1 away from it."""
        hour = at.astimezone(WIB).hour
        cells = [self.cells[number][hour] for number in range(len(DIRECTIONS))]
        if not many or not any(cell.trips for cell in cells):
            return GreatCircle().to(one, many, at)
        east, north = _offsets(one, many)
        which = _direction(way * east, way * north)
        unit = GreatCircle(speeds=(3.6,) * HOURS).to(one, many, at).seconds  # at 1 m/s: metres by road
        speeds = np.array([cell.kilometres_per_hour / 3.6 for cell in cells])
        sources = tuple(LEARNED if cells[number].trips else ASSUMED for number in which.tolist())
        return TravelTimes(LEARNED, tuple((np.array(unit) / speeds[which]).tolist()), sources)


NOTHING_LEARNED = OwnSpeeds.of(())


def _offsets(destination: Point, origins: Sequence[Point]) -> tuple[np.ndarray, np.ndarray]:
    degrees = np.array([origin.coordinates for origin in origins])
    east = (destination.longitude - degrees[:, 0]) * cos(radians(destination.latitude))
    return east, destination.latitude - degrees[:, 1]


def _direction(east: np.ndarray, north: np.ndarray) -> np.ndarray:
    """Places in DIRECTIONS: north, east, south, west."""
    mostly_east = np.abs(east) > np.abs(north)
    return np.where(mostly_east, np.where(east > 0, 1, 3), np.where(north >= 0, 0, 2))
