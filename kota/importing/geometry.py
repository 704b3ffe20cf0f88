"""Polygons as GeoJSON has them, checked before they are sent: closed, in Indonesia, without self-crossings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely

from contracts.geography import LATITUDES, LONGITUDES
from kota.importing.faults import Fault

SHORTEST_RING = 4  # RFC 7946: a closed triangle
Ring = list[tuple[float, float]]


class NotPolygons(ValueError):
    """The geometry is not one of polygons; the text says what it is."""


def polygons_of(geometry: Any) -> list[list[Ring]]:
    """The polygons of a Polygon or MultiPolygon; a third coordinate (altitude) is left out. Raises NotPolygons."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotPolygons(f"the geometry is {kind or 'missing'}, not Polygon or MultiPolygon")
    try:
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        return [[[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon] for polygon in polygons]
    except (KeyError, TypeError, ValueError):
        raise NotPolygons(f"the coordinates are not those of a {kind}") from None


def faults_in(row: int, polygons: list[list[Ring]]) -> Iterator[Fault]:
    """What a dispatch map can't use."""
    column = "geometry"
    if not polygons or not all(polygons):
        yield Fault(row, column, "a polygon without a ring", "export the area again")
        return
    rings = [ring for polygon in polygons for ring in polygon]
    if any(len(ring) < SHORTEST_RING or ring[0] != ring[-1] for ring in rings):
        yield Fault(row, column, "a ring is not closed", "repeat its first position at its end, 4 positions or more")
    elif not all(_in_indonesia(*position) for ring in rings for position in ring):
        yield Fault(row, column, "a position is not in Indonesia", "use WGS84 degrees, [longitude, latitude]")
    else:
        shape = shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in polygons])
        if not shape.is_valid:
            yield Fault(row, column, shapely.is_valid_reason(shape), "mend the geometry (for example ST_MakeValid)")


def _in_indonesia(longitude: float, latitude: float) -> bool:
    return LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]
