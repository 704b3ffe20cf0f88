"""Areas of the city: kelurahan polygons, and which one a point lies in.

Published polygons don't tile exactly: some ground belongs to two kelurahan, some to none. A point in several
goes to the smallest (then the lower code); a point in none goes to the nearest within 300 m. Beyond that it
is outside the city.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from math import cos, radians

import shapely

from contracts.ambulance.problems import PlaceMissing
from contracts.geography import LATITUDES, LONGITUDES, Point
from contracts.problems import wrong_field

from .place import Located, Place

SLIVER_METRES = 300.0
METRES_PER_DEGREE = 111_195.0
"""Along a meridian, on the sphere of distance.py."""

SHORTEST_RING = 4
"""A triangle, closed (RFC 7946)."""

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One kelurahan; `polygons` as in a GeoJSON MultiPolygon: outer ring first, then holes, [longitude,
    latitude]."""

    code: str
    name: str
    kecamatan_code: str
    kecamatan: str
    polygons: tuple[Polygon, ...]

    @classmethod
    def of(
        cls,
        code: str,
        name: str,
        kecamatan_code: str,
        kecamatan: str,
        polygons: Iterable[Iterable[Iterable[Iterable[float]]]],
    ) -> Area:
        """An area from lists, as JSON has them. Raises InvalidRequest naming what is wrong with the
        polygons."""
        area = cls(code, name, kecamatan_code, kecamatan, _frozen(polygons))
        if not code.startswith(kecamatan_code + "."):
            raise wrong_field("kecamatan_code", "mismatch", f"{code} is not in {kecamatan_code}", "check the two codes")
        _check(area)
        return area

    def shape(self) -> shapely.MultiPolygon:
        """The geometry, in degrees."""
        return shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in self.polygons])


class Locator:
    """Finds the kelurahan of a point. Immutable: make a new one when areas change. No areas at all: nothing
    is known, and no point is said to be outside."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = sorted(areas, key=lambda area: area.code)
        shapes = [area.shape() for area in self._areas]
        self._inside = {
            area.code: shape.representative_point() for area, shape in zip(self._areas, shapes, strict=True)
        }
        latitude = sum(point.y for point in self._inside.values()) / len(shapes) if shapes else 0.0
        self._project = partial(_metres, METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE)
        self._shapes = [shapely.transform(shape, self._project) for shape in shapes]
        self._tree = shapely.STRtree(self._shapes)

    def locate(self, point: Point) -> Located:
        """The kelurahan of a point, and whether it lies outside the city."""
        if not self._areas:
            return Located(None, outside_city=False)
        spot = shapely.transform(shapely.Point(point.coordinates), self._project)
        found = self._tree.query(spot, predicate="intersects")
        if len(found) == 0:
            found = self._tree.query_nearest(spot, max_distance=SLIVER_METRES)
        if len(found) == 0:
            return Located(None, outside_city=True)
        chosen = min(found, key=lambda index: (self._shapes[index].area, self._areas[index].code))
        return Located(self._areas[chosen].code, outside_city=False)

    def representative_points(self) -> tuple[Point, ...]:
        """One point inside each kelurahan, by code."""
        return tuple(Point(coordinates=(self._inside[code].x, self._inside[code].y)) for code in sorted(self._inside))

    def destination(self, place: Place) -> Point:
        """Where to drive: the place's point, else one that stands for its kelurahan. Raises PlaceMissing."""
        if place.location is not None:
            return place.location
        inside = self._inside.get(place.kelurahan_code or "")
        if inside is None:
            raise PlaceMissing(
                "no point is known, nor a kelurahan on the map",
                detail_id="titik lokasi belum diketahui",
                fix="locate_incident",
            )
        return Point(coordinates=(inside.x, inside.y))


def _metres(east: float, north: float, coordinates: object) -> object:
    return coordinates * [east, north]  # type: ignore[operator]


def _frozen(polygons: Iterable[Iterable[Iterable[Iterable[float]]]]) -> tuple[Polygon, ...]:
    return tuple(tuple(tuple((float(x), float(y)) for x, y in ring) for ring in polygon) for polygon in polygons)


def _spans(values: Iterable[float], bounds: tuple[float, float]) -> bool:
    return all(bounds[0] <= value <= bounds[1] for value in values)


def _check(area: Area) -> None:
    for p, polygon in enumerate(area.polygons):
        for r, ring in enumerate(polygon):
            if len(ring) < SHORTEST_RING or ring[0] != ring[-1]:
                raise wrong_field(
                    f"polygons.{p}.{r}",
                    "ring_open",
                    "a ring needs 4 positions or more, the last like the first",
                    "close the ring",
                )
    if not area.polygons or not all(area.polygons):
        raise wrong_field("polygons", "missing", "a polygon without a ring", "send at least one ring per polygon")
    longitudes, latitudes = zip(*(position for polygon in area.polygons for position in polygon[0]), strict=True)
    if not (_spans(longitudes, LONGITUDES) and _spans(latitudes, LATITUDES)):
        raise wrong_field(
            "polygons",
            "coordinates_outside",
            "not in Indonesia",
            "send WGS84 degrees as [longitude, latitude]",
        )
    shape = area.shape()
    if not shape.is_valid:
        raise wrong_field(
            "polygons",
            "not_simple",
            f"not a valid polygon: {shapely.is_valid_reason(shape)}",
            "mend the geometry (for example ST_MakeValid)",
        )
