"""Great-circle distance in metres (haversine on a sphere; within 0.5 % of the ellipsoid)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from contracts.geography import Point

EARTH_RADIUS_METRES = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""


def metres(origin: Point, destination: Point) -> float:
    """The great-circle distance between two points."""
    (from_longitude, from_latitude), (to_longitude, to_latitude) = origin.coordinates, destination.coordinates
    north = sin(radians(to_latitude - from_latitude) / 2)
    east = sin(radians(to_longitude - from_longitude) / 2)
    chord = north * north + cos(radians(from_latitude)) * cos(radians(to_latitude)) * east * east
    return 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord)))
