"""Points on the map: GeoJSON, WGS84, longitude first."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .base import Model

# Indonesia with a margin: outside of it a point is a mistake, outside of the city it is only a neighbour's case.
LONGITUDES = (94.0, 142.0)
LATITUDES = (-12.0, 7.0)

EARTH_RADIUS_METRES = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""


Degrees = Annotated[float, Field(allow_inf_nan=False, strict=True)]


def _in_indonesia(coordinates: tuple[float, float]) -> tuple[float, float]:
    longitude, latitude = coordinates
    if _within(longitude, LONGITUDES) and _within(latitude, LATITUDES):
        return coordinates
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        raise PydanticCustomError("coordinates_swapped", "longitude comes first", {"fix": "send [longitude, latitude]"})
    raise PydanticCustomError(
        "coordinates_outside", "the point is not in Indonesia", {"fix": "send WGS84 degrees as [longitude, latitude]"}
    )


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


class Point(Model):
    """A GeoJSON point: `coordinates` is [longitude, latitude] in degrees (RFC 7946)."""

    type: Literal["Point"] = "Point"
    coordinates: Annotated[
        tuple[Degrees, Degrees],
        AfterValidator(_in_indonesia),
    ] = Field(examples=[[106.6405, -6.1888]])

    @property
    def longitude(self) -> float:
        """Degrees east."""
        return self.coordinates[0]

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return self.coordinates[1]


def metres(origin: Point, destination: Point) -> float:
    """The great-circle distance between two points (haversine on a sphere; within 0.5 % of the ellipsoid)."""
    (from_longitude, from_latitude), (to_longitude, to_latitude) = origin.coordinates, destination.coordinates
    north = sin(radians(to_latitude - from_latitude) / 2)
    east = sin(radians(to_longitude - from_longitude) / 2)
    chord = north * north + cos(radians(from_latitude)) * cos(radians(to_latitude)) * east * east
    return 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord)))
