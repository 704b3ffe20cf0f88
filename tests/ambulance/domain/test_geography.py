"""Geography: which kelurahan a point lies in, with overlaps, slivers and the city's edge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.ambulance.problems import PlaceMissing
from contracts.geography import Point
from contracts.problems import InvalidRequest
from services.ambulance.domain.geography import Area, Locator
from services.ambulance.domain.place import Located, Place

CITY = Path(__file__).parents[4] / "shared" / "data" / "kelurahan_36.71.geojson"
METRE = 1 / 111_195


def rectangle(west, south, east, north):
    return [[106.6 + x * METRE, -6.2 + y * METRE] for x, y in _corners(west, south, east, north)]


def _corners(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def area(number, *rings):
    return Area.of(f"36.71.01.{number}", f"Area {number}", "36.71.01", "Tangerang", [list(rings)])


def spot(x, y):
    return Point(coordinates=(106.6 + x * METRE, -6.2 + y * METRE))


LARGE = area(1001, rectangle(0, 0, 2000, 1000))
SMALL = area(1002, rectangle(1900, 0, 2900, 1000))
BEYOND_A_SLIVER = area(1003, rectangle(2950, 0, 3950, 1000))
LOCATOR = Locator([BEYOND_A_SLIVER, SMALL, LARGE])


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (500, 500, "36.71.01.1001"),
        (1950, 500, "36.71.01.1002"),  # in two: the smaller
        (2920, 500, "36.71.01.1002"),  # in none, 20 m from 1002 and 30 m from 1003
        (2930, 500, "36.71.01.1003"),
        (500, -299, "36.71.01.1001"),
        (500, -301, None),
        (-301, 500, "36.71.01.1001"),  # a degree is shorter towards the east: 299 m
        (-303, 500, None),
    ],
)
def test_a_point_belongs_to_the_smallest_then_the_nearest_within_300_metres(x, y, code):
    assert LOCATOR.locate(spot(x, y)) == Located(code, outside_city=code is None)


def test_of_two_equal_areas_the_lower_code_wins_in_any_order():
    twins = [area(2002, rectangle(0, 0, 500, 500)), area(2001, rectangle(0, 0, 500, 500))]
    for order in (twins, twins[::-1]):
        assert Locator(order).locate(spot(100, 100)).kelurahan_code == "36.71.01.2001"


def test_a_hole_is_not_part_of_the_area():
    ring_road = Locator([area(1001, rectangle(0, 0, 3000, 3000), rectangle(1000, 1000, 2000, 2000)[::-1])])
    assert ring_road.locate(spot(1500, 1500)) == Located(None, outside_city=True)


def test_without_a_map_nothing_is_said_to_be_outside():
    assert Locator([]).locate(spot(0, 0)) == Located(None, outside_city=False)


def test_a_kelurahan_without_a_point_is_driven_to_at_a_point_inside_it():
    there = LOCATOR.destination(Place(kelurahan_code="36.71.01.1003", landmark="depan pasar"))
    assert LOCATOR.locate(there).kelurahan_code == "36.71.01.1003"
    assert LOCATOR.destination(Place(spot(1, 1), "36.71.01.1003")) == spot(1, 1)
    with pytest.raises(PlaceMissing):
        LOCATOR.destination(Place(kelurahan_code="36.71.09.1001", landmark="depan pasar"))


BOW_TIE = [[106.6, -6.2], [106.61, -6.19], [106.61, -6.2], [106.6, -6.19], [106.6, -6.2]]


@pytest.mark.parametrize(
    ("polygons", "pointer", "code"),
    [
        ([[rectangle(0, 0, 9, 9)[:-1]]], "/polygons/0/0", "ring_open"),
        ([[BOW_TIE]], "/polygons", "not_simple"),
        ([[]], "/polygons", "missing"),
        ([[[[y, x] for x, y in rectangle(0, 0, 9, 9)]]], "/polygons", "coordinates_outside"),
    ],
)
def test_a_broken_polygon_is_refused_and_named(polygons, pointer, code):
    with pytest.raises(InvalidRequest) as refused:
        Area.of("36.71.01.1001", "Sukarasa", "36.71.01", "Tangerang", polygons)
    assert [(e.pointer, e.code) for e in refused.value.data.errors] == [(pointer, code)]


def test_an_area_lies_in_its_kecamatan():
    with pytest.raises(InvalidRequest):
        Area.of("36.71.02.1001", "Jatiuwung", "36.71.01", "Tangerang", [[rectangle(0, 0, 9, 9)]])


def test_the_same_polygons_make_the_same_area():
    assert area(1001, rectangle(0, 0, 2000, 1000)) == LARGE


@pytest.mark.skipif(not CITY.exists(), reason="the city's polygons are not here")
def test_every_inside_point_of_the_city_maps_to_its_kelurahan():
    features = json.loads(CITY.read_text())["features"]
    areas = [
        Area.of(p["code"], p["name"], p["kecamatan_code"], p["kecamatan"], [f["geometry"]["coordinates"]])
        for f in features
        for p in [f["properties"]]
    ]
    locator = Locator(areas)
    for properties in (feature["properties"] for feature in features):
        inside = Point(coordinates=tuple(properties["inside_point"]))
        assert locator.locate(inside).kelurahan_code == properties["code"]
    assert len(areas) == 104
    assert locator.locate(Point(coordinates=(106.8272, -6.1754))).outside_city  # Monas, Jakarta
