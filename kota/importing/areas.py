"""Kelurahan polygons from a GeoJSON FeatureCollection.

Each feature's `properties` hold `code` and `name` of the kelurahan, `kecamatan_code` and `kecamatan`; other
properties are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contracts.ambulance.requests.resources import AreaRow
from contracts.identity import kecamatan_of
from kota.importing.faults import BadFile, Fault, faults_of, refuse
from kota.importing.geometry import NotPolygons, faults_in, polygons_of
from kota.importing.reading import read_json, read_text

PROPERTIES = ("code", "name", "kecamatan_code", "kecamatan")
Read = tuple[AreaRow | None, list[Fault]]


def read_areas(path: Path) -> list[AreaRow]:
    """All areas of a file. Raises BadFile that names every wrong value; then none is given back."""
    if path.suffix.lower() == ".csv" or not read_text(path).lstrip().startswith(("{", "[")):
        raise _no_polygons(path)
    collection = read_json(path)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise BadFile(f"{path.name} is not a GeoJSON FeatureCollection.", "Export the kelurahan layer as GeoJSON.")
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise BadFile(f"{path.name} holds no features.", "Export the kelurahan layer again.")
    read = [_area(number, feature) for number, feature in enumerate(features, start=1)]
    areas = [area for area, _ in read if area]
    refuse(path.name, [fault for _, faults in read for fault in faults] + list(_twice(read)))
    return areas


def _area(row: int, feature: Any) -> Read:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None, [Fault(row, "properties", "missing", f"give {', '.join(PROPERTIES)}")]
    faults: list[Fault] = []
    polygons: list[Any] = []
    try:
        polygons = polygons_of(feature.get("geometry"))
        faults += faults_in(row, polygons)
    except NotPolygons as error:
        faults.append(Fault(row, "geometry", str(error), "export kelurahan areas, not points or lines"))
    known = {name: properties[name] for name in PROPERTIES if name in properties}
    try:
        area = AreaRow.model_validate({**known, "polygons": polygons or [[[(0, 0)]]]})
    except ValidationError as error:
        return None, faults + faults_of(row, error)
    if kecamatan_of(area.code) != area.kecamatan_code:
        faults.append(Fault(row, "kecamatan_code", f"{area.code} is not in {area.kecamatan_code}", "check both codes"))
    return area, faults


def _twice(read: list[Read]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row, (area, _) in enumerate(read, start=1):
        if area and area.code in first:
            yield Fault(row, "code", f"{area.code} stands in row {first[area.code]} too", "keep one of them")
        elif area:
            first[area.code] = row


def _no_polygons(path: Path) -> BadFile:
    beside = path.with_suffix(".geojson")
    which = str(beside) if beside.exists() else "the GeoJSON file of the kelurahan"
    return BadFile(f"{path.name} has no polygons: a dispatch map needs them.", f"Import {which}.")
