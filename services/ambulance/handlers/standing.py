"""The coverage of the city, reckoned once an hour per process and whenever the map or the bases change.

Our own travel times, not those of a road engine: 104 questions to it would stop a recommendation, and coverage only
asks whether a kelurahan lies within a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from chassis.work import Work
from contracts.geography import Point

from .. import store
from ..domain.geography import Locator
from ..domain.speeds import OwnSpeeds
from ..domain.standby import Standby
from ..domain.unit import Unit

KEPT = 4


def standby(work: Work, fleet: Sequence[Unit]) -> Standby | None:
    """The bases of the fleet with their coverage; None without a fleet or a map."""
    bases = tuple(sorted({unit.base.coordinates for unit in fleet}))
    hour = work.now.replace(minute=0, second=0, microsecond=0)
    speeds = store.travel_speed.CACHE.at_hand(work).speeds
    return _standby(store.area.MAP.locator(work), bases, hour, speeds) if bases else None


@lru_cache(maxsize=KEPT)
def _standby(
    locator: Locator, bases: tuple[tuple[float, float], ...], hour: datetime, speeds: OwnSpeeds
) -> Standby | None:
    places = locator.representative_points()
    points = [Point(coordinates=base) for base in bases]
    return Standby.of(points, places, speeds, hour) if places else None
