"""Places on the map: where people call from, how far it is, and where a vehicle is on its way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

METRES_PER_DEGREE = 111_195.0
OUTSIDE = ((106.827, -6.175), (106.71, -6.32), (106.55, -6.30))
"""Points well outside of the city: its neighbours."""

LANDMARKS = ("depan pasar", "seberang masjid", "dekat stasiun", "samping minimarket", "gerbang perumahan")
LonLat = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """Where an incident is, as told on the phone."""

    location: LonLat
    landmark: str

    def fields(self) -> dict[str, Any]:
        """As a request says it."""
        return {"location": point(self.location), "landmark": self.landmark}


def point(lonlat: LonLat) -> dict[str, Any]:
    """A GeoJSON point with about 1 m of precision."""
    return {"type": "Point", "coordinates": [round(lonlat[0], 5), round(lonlat[1], 5)]}


def anywhere(chance: random.Random, around: Sequence[LonLat], *, outside: bool = False) -> Spot:
    """A random spot some 700 m around one of the points, or outside of the city."""
    longitude, latitude = chance.choice(OUTSIDE if outside else around)
    spread = 700 / METRES_PER_DEGREE
    near = (longitude + chance.gauss(0, spread), latitude + chance.gauss(0, spread))
    return Spot(near, chance.choice(LANDMARKS))


def metres(a: LonLat, b: LonLat) -> float:
    """Distance on a flat earth: good enough within a city."""
    return hypot(*_offset(a, b))


def towards(a: LonLat, b: LonLat, at_most: float) -> LonLat:
    """The point reached from `a` on the straight way to `b` after at most so many metres."""
    distance = metres(a, b)
    share = 1.0 if distance <= at_most else at_most / distance
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _offset(a: LonLat, b: LonLat) -> LonLat:
    east = (b[0] - a[0]) * METRES_PER_DEGREE * cos(radians(a[1]))
    return east, (b[1] - a[1]) * METRES_PER_DEGREE
