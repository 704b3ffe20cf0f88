"""The city of a replay: nodes, predicted driving times between them, bases, hospitals, the fleet's homes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..rec2 import Array

Nodes = NDArray[np.int64]
HOUR, DAY = 60.0, 24


@dataclass(frozen=True, eq=False)
class City:
    """`minutes[from, to]` are blue-light times at free flow; `slow[hour]` multiplies them. Bases and hospitals are
    nodes; `homes[unit]` is an index into `bases`. All durations in minutes, coordinates in kilometres."""

    coordinates: Array
    demand: Array
    minutes: Array
    bases: Nodes
    hospitals: Nodes
    homes: Nodes
    slow: Array
    call_taking: float = 1.0
    turnout: float = 1.0
    without_siren: float = 1.25
    """Driving time to hospital and base over blue-light time."""

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.homes)

    @cached_property
    def nearest_hospital(self) -> Nodes:
        """For each node the nearest hospital's node."""
        nearest: Nodes = self.hospitals[np.argmin(self.minutes[:, self.hospitals], axis=1)]
        return nearest

    def slowness(self, at: float) -> float:
        """The multiplier at a time, in minutes from the midnight before the first call."""
        return float(self.slow[int(at // HOUR) % DAY])

    def nodes_between(self, origins: Nodes, goals: Nodes, parts: Array) -> Nodes:
        """The nodes nearest to the points that lie `parts` (0..1) of the way from one node to another."""
        start = self.coordinates[origins]
        points = start + np.clip(parts, 0.0, 1.0)[:, None] * (self.coordinates[goals] - start)
        nearest: Nodes = np.argmin(((self.coordinates[None] - points[:, None]) ** 2).sum(axis=2), axis=1)
        return nearest
