"""Recorded calls, bases and hospitals in the replay's terms: nodes with kilometres and minutes between them.

Calls are put on a grid of half a kilometre, so that a year of them stays a matrix that fits in memory. A duration
that was not recorded is taken to be the median of those that were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
from numpy.typing import NDArray

from contracts.geography import EARTH_RADIUS_METRES, Point, metres
from contracts.times import WIB
from kota.errors import OperatorError
from services.ambulance.domain.priorities import priority_of
from services.ambulance.domain.replay import Calls, City
from services.ambulance.domain.travel import GreatCircle

from .recorded import Recorded

GRID_KILOMETRES = 0.5
WITHIN_NODE_KILOMETRES = 0.25
USUAL_ON_SCENE, USUAL_HANDOVER = 15.0, 20.0
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """Where units are at home (one point each), where they may wait, and which hospitals there are."""

    homes: tuple[Point, ...]
    hospitals: tuple[Point, ...]
    bases: tuple[Point, ...] = ()

    def all_bases(self) -> tuple[Point, ...]:
        """The homes too: a unit can always wait at home."""
        return tuple(dict.fromkeys((*self.bases, *self.homes)))


def lay_out(recorded: Sequence[Recorded], plan: Plan) -> tuple[City, Calls]:
    """The city and its calls. Raises OperatorError without calls, units or hospitals."""
    if not recorded or not plan.homes or not plan.hospitals:
        raise OperatorError(
            f"Nothing to replay: {len(recorded)} calls, {len(plan.homes)} units, {len(plan.hospitals)} hospitals.",
            "Choose another period, or import the fleet and the facilities.",
        )
    spots = _kilometres([call.place for call in recorded], recorded[0].place)
    cells, of_call = np.unique(np.round(spots / GRID_KILOMETRES), axis=0, return_inverse=True)
    fixed = _kilometres([*plan.all_bases(), *plan.hospitals], recorded[0].place)
    coordinates = np.vstack((cells * GRID_KILOMETRES, fixed))
    demand = np.concatenate((np.bincount(of_call.ravel()).astype(float), np.zeros(len(fixed))))
    city = _city(coordinates, demand, len(cells), plan)
    return city, _calls(recorded, of_call.ravel(), len(plan.homes))


def _city(coordinates: Numbers, demand: Numbers, first_fixed: int, plan: Plan) -> City:
    bases = plan.all_bases()
    per_kilometre, slow = _speeds()
    apart = np.linalg.norm(coordinates[:, None] - coordinates[None], axis=2)
    return City(
        coordinates=coordinates,
        demand=demand / demand.sum(),
        minutes=np.maximum(apart, WITHIN_NODE_KILOMETRES) * per_kilometre,
        bases=np.arange(first_fixed, first_fixed + len(bases)),
        hospitals=np.arange(first_fixed + len(bases), len(coordinates)),
        homes=np.array([bases.index(home) for home in plan.homes]),
        slow=slow,
    )


def _calls(recorded: Sequence[Recorded], node: NDArray[np.int64], units: int) -> Calls:
    midnight = _midnight(recorded[0].called_at)
    on_scene = _filled([call.on_scene for call in recorded], USUAL_ON_SCENE)
    handover = _filled([call.handover for call in recorded if call.transported], USUAL_HANDOVER)
    theirs = iter(handover)
    ratios = np.array([call.drive_ratio for call in recorded])
    return Calls(
        at=np.array([(call.called_at - midnight).total_seconds() / 60 for call in recorded]),
        node=node,
        on_scene=np.array(on_scene),
        transported=np.array([call.transported for call in recorded]),
        handover=np.array([next(theirs) if call.transported else 0.0 for call in recorded]),
        to_hospital=np.ones(len(recorded)),
        travel=np.repeat(ratios[:, None], units, axis=1),
        priorities=tuple(replace(priority_of(call.triage)) for call in recorded),
    )


def _filled(values: Sequence[float | None], usual: float) -> list[float]:
    known = [value for value in values if value is not None]
    instead = median(known) if known else usual
    return [instead if value is None else value for value in values]


def _midnight(at: datetime) -> datetime:
    return at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)


def _kilometres(points: Sequence[Point], centre: Point) -> Numbers:
    degrees = np.radians([point.coordinates for point in points]).reshape(-1, 2)
    flat = np.cos(np.radians(centre.latitude))
    found: Numbers = (degrees - np.radians(centre.coordinates)) * [flat, 1.0] * EARTH_RADIUS_METRES / 1000
    return found


def _speeds() -> tuple[float, Numbers]:
    """Minutes per kilometre in the fastest hour, and how much longer each hour takes."""
    here, there = Point(coordinates=(106.60, -6.17)), Point(coordinates=(106.65, -6.17))
    midnight, travel = datetime(2026, 1, 1, tzinfo=WIB).astimezone(UTC), GreatCircle()
    hours = np.array([travel.to(there, [here], midnight + timedelta(hours=hour)).seconds[0] for hour in range(24)])
    return float(hours.min() / 60 / (metres(here, there) / 1000)), hours / hours.min()
