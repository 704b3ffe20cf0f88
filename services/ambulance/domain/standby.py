"""Standby: where idle units wait, and what part of the city they cover from there.

The coverage is that of `rec2.coverage` for the red target: a base covers a kelurahan if a unit that waits there would
arrive in time. A unit is bound to the base to which it was sent to wait, else to the one near which it stands, else
to its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from contracts.ambulance.values import Triage
from contracts.geography import EARTH_RADIUS_METRES, Point

from .priorities import CALL_TAKING_MINUTES, TURNOUT_MINUTES, priority_of
from .rec2 import FRUGAL, Array, CoverageMap, Parameters
from .travel import TravelTime
from .unit import Unit

AT_BASE_METRES = 500.0
"""A unit that stands no further than this from a base waits there."""


@dataclass(frozen=True, eq=False)
class Standby:
    """The bases with their coverage; immutable, good for the hour for which it was made."""

    bases: tuple[Point, ...]
    coverage: CoverageMap
    _number: Mapping[tuple[float, float], int]
    _tree: cKDTree

    @classmethod
    def of(
        cls,
        bases: Sequence[Point],
        demand: Sequence[Point],
        travel: TravelTime,
        at: datetime,
        parameters: Parameters = FRUGAL,
    ) -> Standby:
        """From distinct bases, and the places of demand, all of one weight: an even map of the demand did as well
        as a learned one. Raises ValueError without either."""
        if not bases or not demand:
            raise ValueError("coverage needs at least one base and one place of demand")
        minutes = np.array([travel.to(place, bases, at).seconds for place in demand]).T / 60
        response = CALL_TAKING_MINUTES + TURNOUT_MINUTES + minutes
        target = priority_of(Triage.MERAH).target
        coverage = CoverageMap.of(np.ones(len(demand)), response, target, parameters.unavailable)
        number = {base.coordinates: position for position, base in enumerate(bases)}
        return cls(tuple(bases), coverage, number, cKDTree(on_sphere(bases)))

    def bound(self, units: Sequence[Unit], origins: Sequence[Point]) -> NDArray[np.int64]:
        """The base of each unit, given where it is."""
        if not units:
            return np.zeros(0, dtype=np.int64)
        away, nearest = self._tree.query(on_sphere(origins))
        own = np.array([self._number.get(unit.base.coordinates, -1) for unit in units])
        sent = np.array([self._number.get(unit.standby.base.coordinates, -1) if unit.standby else -1 for unit in units])
        there = np.where((away <= AT_BASE_METRES) | (own < 0), nearest, own)
        bound: NDArray[np.int64] = np.where(sent >= 0, sent, there)
        return bound

    def costs(self, bound: NDArray[np.int64]) -> Array:
        """For each idle unit the share of the demand that would no longer be covered if it were sent."""
        losses: Array = self.coverage.losses(self.coverage.counts(bound))[bound]
        return losses

    def expected(self, bound: NDArray[np.int64]) -> float:
        """The share of the demand that finds a unit in time."""
        return self.coverage.expected(self.coverage.counts(bound))


def on_sphere(points: Sequence[Point]) -> Array:
    """Points as positions in metres in space: near each other the chord is the distance."""
    degrees = np.array([point.coordinates for point in points])
    longitude, latitude = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    flat = np.cos(latitude)
    return EARTH_RADIUS_METRES * np.column_stack((flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)))


def distances(destination: Point, origins: Sequence[Point]) -> Array:
    """Great-circle metres from each origin, as `distance.metres`, for many at once."""
    if not origins:
        return np.zeros(0)
    chords = np.linalg.norm(on_sphere(origins) - on_sphere([destination]), axis=1)
    metres: Array = 2 * EARTH_RADIUS_METRES * np.arcsin(np.minimum(1.0, chords / (2 * EARTH_RADIUS_METRES)))
    return metres
