"""Kelurahan polygons: read whole, or refused with every wrong value named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kota.importing.areas import read_areas
from kota.importing.faults import BadFile

from .files import SQUARE, collection, feature

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "kelurahan_36.71.geojson"


def test_polygons_and_multipolygons_become_areas(tmp_path: Path) -> None:
    several = feature("36.71.01.1002", {"type": "MultiPolygon", "coordinates": [SQUARE]})
    areas = read_areas(collection(tmp_path, feature(), several))
    assert [(area.code, len(area.polygons)) for area in areas] == [("36.71.01.1001", 1), ("36.71.01.1002", 1)]


def test_an_altitude_is_left_out(tmp_path: Path) -> None:
    high = [[[*position, 12.0] for position in SQUARE[0]]]
    (area,) = read_areas(collection(tmp_path, feature(geometry={"type": "Polygon", "coordinates": high})))
    assert area.polygons[0][0][0] == (106.6, -6.2)


def shape(coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    return feature(geometry={"type": kind, "coordinates": coordinates})


@pytest.mark.parametrize(
    ("wrong", "column", "word"),
    [
        (feature(code="36.71.01"), "code", "kelurahan"),
        (feature(code="36.71.99.1001"), "code", "no region"),
        (feature(name=""), "name", "at least 1"),
        (feature(kecamatan_code="36.71.02"), "kecamatan_code", "is not in"),
        (shape([106.6, -6.2], "Point"), "geometry", "Point"),
        (shape("nonsense"), "geometry", "coordinates"),
        (shape([]), "geometry", "ring"),
        (shape([SQUARE[0][:-1]]), "geometry", "closed"),
        (shape([[[y, x] for x, y in SQUARE[0]]]), "geometry", "Indonesia"),
        (shape([[[106.6, -6.2], [106.7, -6.1], [106.7, -6.2], [106.6, -6.1], [106.6, -6.2]]]), "geometry", "Self"),
        ({"type": "Feature", "geometry": None}, "properties", "missing"),
        ("no feature", "properties", "missing"),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(tmp_path: Path, wrong: Any, column: str, word: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_areas(collection(tmp_path, feature("36.71.01.1003"), wrong))
    named = [fault for fault in refused.value.faults if fault.column == column]
    assert named and named[0].row == 2
    assert word.lower() in f"{named[0].problem} {named[0].fix}".lower()


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read_areas(collection(tmp_path, feature(), feature()))
    assert "row 2, code: 36.71.01.1001 stands in row 1 too" in refused.value.problem


@pytest.mark.parametrize("content", ["[]", '{"type": "Feature"}', '{"type": "FeatureCollection", "features": []}', "{"])
def test_another_kind_of_json_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(content)
    with pytest.raises(BadFile):
        read_areas(path)


def test_a_table_is_refused_and_the_file_with_polygons_named(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("code,name\n36.71.01.1001,Sukarasa\n")
    collection(tmp_path, feature())
    with pytest.raises(BadFile, match=r"no polygons.*areas\.geojson"):
        read_areas(path)


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file"):
        read_areas(tmp_path / "nowhere.geojson")
    (tmp_path / "latin.geojson").write_bytes(b'{"name": "caf\xe9"}')
    with pytest.raises(BadFile, match="not UTF-8"):
        read_areas(tmp_path / "latin.geojson")


@pytest.mark.skipif(not REAL.exists(), reason="the city's own file is not here")
def test_the_citys_own_file_is_read_whole() -> None:
    areas = read_areas(REAL)
    assert len(areas) == 104
    assert len({area.kecamatan_code for area in areas}) == 13
