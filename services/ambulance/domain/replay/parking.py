"""Where the units of a replay wait: at home, or where the coverage needs them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..rec2 import Array, CoverageMap, Movable, Priority, Relocation, best_move, where_to_park
from .fleet import Fleet
from .policies import Parking, Policy


class Parker:
    """Sends idle units to bases. `moves` counts the relocations of idle units, `minutes` what they drive for them."""

    def __init__(self, fleet: Fleet, policy: Policy, priorities: tuple[Priority, ...]) -> None:
        self.fleet, self.city, self.policy = fleet, fleet.city, policy
        self.moves, self.minutes = 0, 0.0
        self._shares = _shares(priorities)
        self._maps: dict[float, CoverageMap] = {}

    def losses(self, units: NDArray[np.int64], now: float) -> Array | None:
        """The coverage that goes with each of the units; None if the policy does not care."""
        if self.policy.parking is Parking.HOME or not len(units):
            return None
        coverage = self._coverage(now)
        bound = self.fleet.base[units]
        losses: Array = coverage.losses(coverage.counts(bound))[bound]
        return losses

    def park(self, unit: int, now: float) -> None:
        """A unit has nothing to do."""
        base = int(self.city.homes[unit])
        if self.policy.parking is not Parking.HOME:
            others = self.fleet.idle()
            bound = self.fleet.base[others[others != unit]]
            base = where_to_park(unit, self._drives(np.array([unit]), now)[0], bound, self._coverage(now)).base
        self._go(unit, base, now)

    def move_one(self, now: float) -> None:
        """At most one idle unit goes to another base."""
        if not self.policy.parking.moves:
            return
        fleet, idle = self.fleet, self.fleet.idle()
        may = np.flatnonzero(fleet.parked(now)) if self.policy.parking is Parking.PARKED_MOVE else idle
        movable = [
            Movable(unit, int(fleet.base[unit]), drives, now - float(fleet.moved_at[unit]))
            for unit, drives in zip(may.tolist(), self._drives(may, now), strict=True)
        ]
        move = best_move(movable, fleet.base[idle], self._coverage(now), self.policy.parameters)
        if move is not None:
            self._move(move, now)

    def _move(self, move: Relocation, now: float) -> None:
        self._go(move.unit, move.base, now)
        self.fleet.moved_at[move.unit] = now
        self.moves += 1
        self.minutes += move.minutes

    def _go(self, unit: int, base: int, now: float) -> None:
        drive = float(self._drives(np.array([unit]), now)[0, base])
        self.fleet.drive(unit, int(self.city.bases[base]), now, drive, drive, now)
        self.fleet.to_base[unit], self.fleet.base[unit] = True, base

    def _drives(self, units: NDArray[np.int64], now: float) -> Array:
        """[unit, base] in minutes."""
        city, nodes = self.city, self.fleet.nodes(now)[units]
        drives: Array = city.minutes[nodes[:, None], city.bases] * (city.slowness(now) * city.without_siren)
        return drives

    def _coverage(self, now: float) -> CoverageMap:
        slow = self.city.slowness(now)
        if slow not in self._maps:
            self._maps[slow] = self._map(slow)
        return self._maps[slow]

    def _map(self, slow: float) -> CoverageMap:
        city = self.city
        response = city.call_taking + city.turnout + city.minutes[city.bases] * slow
        return CoverageMap.of_targets(city.demand, response, self._shares, self.policy.parameters.unavailable)


def _shares(priorities: tuple[Priority, ...]) -> dict[float, float]:
    weights: dict[float, float] = {}
    for one in priorities:
        weights[one.target] = weights.get(one.target, 0.0) + one.weight
    return weights
