"""Made cities and days, beside the fixed trace: a river with three bridges, three centres, bases where the people are.

The method was tried on cities 1, 2 and 3 while it was changed; those of `HELD_OUT` were run after the last change.
Nothing of either is in the trace: other geometry, fleet, load and hours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.ambulance.domain.rec2 import Array, CoverageMap, Priority
from services.ambulance.domain.replay import Calls, City

HELD_OUT = (11, 12, 13)

NODES, BASES, HOSPITALS, UNITS, BRIDGES, CENTRES = 240, 13, 4, 14, (0.15, 0.5, 0.8), 3
DETOUR, KILOMETRES_PER_HOUR, WITHIN_NODE_KILOMETRES = 1.35, 38.0, 0.3
SLOW = (1, 1, 1, 1, 1, 1.1, 1.5, 1.7, 1.5, 1.3, 1.3, 1.3, 1.4, 1.3, 1.3, 1.5, 1.7, 1.8, 1.6, 1.4, 1.2, 1.1, 1, 1)
CALLS_AN_HOUR = 5.6
PROFILE = (6, 5, 5, 4, 5, 7, 10, 13, 14, 13, 12, 11, 11, 11, 10, 11, 12, 14, 15, 13, 11, 9, 8, 7)
DAYS, DAY, HOUR = 10, 1440.0, 60.0
TARGET, NOISE, TRANSPORTED = 12.0, 0.2, 0.75
ON_SCENE, HANDOVER = (2.845, 0.44), (3.006, 0.415)
"""Mean and spread of the logarithms of minutes."""


def city(number: int) -> City:
    """The city of that number, the same at every call."""
    chance = np.random.default_rng(number)
    extent = np.array([chance.uniform(12, 20), chance.uniform(9, 15)])
    places = chance.random((NODES, 2)) * extent
    demand = _demand(places, extent, chance)
    minutes = _minutes(places, extent, number)
    bases = _bases(minutes, demand)
    hospitals = chance.choice(NODES, size=HOSPITALS, replace=False, p=demand)
    return City(places, demand, minutes, bases, hospitals, _homes(minutes, demand, bases), np.array(SLOW, dtype=float))


def days(city: City, number: int) -> Calls:
    """Ten days of calls in a city, the first of which warms it up."""
    chance = np.random.default_rng(number)
    an_hour = CALLS_AN_HOUR * np.array(PROFILE) / np.mean(PROFILE)
    starts = [day * DAY + hour * HOUR for day in range(DAYS) for hour in range(len(PROFILE))]
    many = chance.poisson(np.tile(an_hour, DAYS))
    at = np.sort(np.repeat(starts, many) + chance.random(int(many.sum())) * HOUR)
    calls = len(at)
    return Calls(
        at=at,
        node=chance.choice(len(city.demand), size=calls, p=city.demand).astype(np.int64),
        on_scene=np.exp(chance.normal(*ON_SCENE, calls)),
        transported=chance.random(calls) < TRANSPORTED,
        handover=np.exp(chance.normal(*HANDOVER, calls)),
        to_hospital=_noise(chance, (calls,)),
        travel=_noise(chance, (calls, city.units)),
        priorities=(Priority(target=TARGET),) * calls,
        counted_from=DAY,
    )


def _noise(chance: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.exp(chance.normal(-(NOISE**2) / 2, NOISE, shape))


def _demand(places: Array, extent: Array, chance: np.random.Generator) -> Array:
    centres = (chance.random((CENTRES, 2)) * 0.8 + 0.1) * extent
    width, weight = chance.uniform(1.2, 3.5, CENTRES), chance.uniform(0.5, 2, CENTRES)
    away = ((places[:, None] - centres) ** 2).sum(axis=2)
    demand = (weight * np.exp(-away / (2 * width**2))).sum(axis=1) + 0.08
    shares: Array = demand / demand.sum()
    return shares


def _minutes(places: Array, extent: Array, number: int) -> Array:
    bank = extent[1] * (0.5 + 0.12 * np.sin(places[:, 0] / extent[0] * 5 + number))
    side = places[:, 1] > bank
    across = extent[0] * np.array(BRIDGES)
    bridges = np.stack([across, extent[1] * (0.5 + 0.12 * np.sin(across / extent[0] * 5 + number))], axis=1)
    to_bridge = _kilometres(places, bridges)
    over = (to_bridge[:, None] + to_bridge[None]).min(axis=2)
    kilometres = np.where(side[:, None] == side, _kilometres(places, places), over)
    minutes: Array = np.maximum(kilometres, WITHIN_NODE_KILOMETRES) * DETOUR / KILOMETRES_PER_HOUR * 60
    return minutes


def _kilometres(some: Array, others: Array) -> Array:
    kilometres: Array = np.sqrt(((some[:, None] - others) ** 2).sum(axis=2))
    return kilometres


def _bases(minutes: Array, demand: Array) -> NDArray[np.int64]:
    """One after the other where the people gain most minutes."""
    chosen: list[int] = []
    nearest = np.full(len(demand), np.inf)
    for _ in range(BASES):
        together = (np.minimum(nearest, minutes) * demand).sum(axis=1)
        together[chosen] = np.inf
        chosen.append(int(np.argmin(together)))
        nearest = np.minimum(nearest, minutes[chosen[-1]])
    return np.array(chosen)


def _homes(minutes: Array, demand: Array, bases: NDArray[np.int64]) -> NDArray[np.int64]:
    """Greedily where they cover most, so that closest-idle starts from a good plan."""
    coverage = CoverageMap.of(demand, 2 + minutes[bases] * 1.4, TARGET, 0.4)
    homes: list[int] = []
    for _ in range(UNITS):
        homes.append(int(np.argmax(coverage.gains(coverage.counts(homes)))))
    return np.sort(np.array(homes))
