"""Speeds learned from trips: by hour and direction, the middle one, and never from a few."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.geography import Point
from services.ambulance.domain.speeds import (
    NOTHING_LEARNED,
    TRIPS_NEEDED,
    Direction,
    LearnedSpeed,
    OwnSpeeds,
    Trip,
    direction_of,
    learn,
)
from services.ambulance.domain.travel import DETOUR, GreatCircle

from .builders import CENTRE, NOON

DEGREE = 111_195.0


def place(east: float = 0.0, north: float = 0.0) -> Point:
    """So many metres from the centre."""
    return Point(coordinates=(CENTRE.longitude + east / (DEGREE * 0.9942), CENTRE.latitude + north / DEGREE))


def trip(kilometres_per_hour: float, destination: Point = place(east=3000), begun_at: datetime = NOON) -> Trip:
    return Trip(CENTRE, destination, begun_at, 3000 * DETOUR / (kilometres_per_hour / 3.6))


@pytest.mark.parametrize(
    ("east", "north", "way"),
    [
        (0, 900, "north"),
        (900, 0, "east"),
        (0, -900, "south"),
        (-900, 0, "west"),
        (900, 800, "east"),
        (-800, 900, "north"),
    ],
)
def test_a_drive_has_one_of_four_directions(east: float, north: float, way: str) -> None:
    assert direction_of(CENTRE, place(east, north)) is Direction(way)


def test_the_middle_trip_counts_by_hour_and_direction() -> None:
    east = [trip(20.0)] * 12 + [trip(24.0)] * 9
    west = [trip(40.0, place(east=-3000))] * TRIPS_NEEDED
    later = [trip(50.0, begun_at=NOON + timedelta(hours=1))] * TRIPS_NEEDED
    cells = {(cell.hour, cell.direction): cell for cell in learn([*east, *west, *later])}
    assert cells[12, Direction.EAST].kilometres_per_hour == pytest.approx(20, abs=0.2)
    assert cells[12, Direction.WEST].kilometres_per_hour == pytest.approx(40, abs=0.2)
    assert cells[13, Direction.EAST].kilometres_per_hour == pytest.approx(50, abs=0.2)
    assert cells[12, None].trips == 41


def test_nothing_is_learned_from_a_few() -> None:
    assert learn([trip(10.0)] * (TRIPS_NEEDED - 1)) == []
    few = [trip(10.0, place(north=3000))] * (TRIPS_NEEDED - 1) + [trip(30.0)]
    cells = learn(few)
    assert [(cell.direction, cell.trips) for cell in cells] == [(None, TRIPS_NEEDED)]


@given(wild=st.lists(st.floats(0.001, 5000), max_size=TRIPS_NEEDED - 1))
def test_wild_trips_do_not_move_it_out_of_what_the_others_say(wild: list[float]) -> None:
    honest = [trip(speed) for speed in (28.0, 30.0, 32.0) for _ in range(TRIPS_NEEDED // 2)]
    (cell,) = (cell for cell in learn([*honest, *map(trip, wild)]) if cell.direction is Direction.EAST)
    assert 27.5 <= cell.kilometres_per_hour <= 32.5


def test_what_was_no_drive_is_left_out() -> None:
    short = Trip(CENTRE, place(east=400), NOON, 60)
    still = Trip(CENTRE, place(east=3000), NOON, 3600 * 2)
    flown = Trip(CENTRE, place(east=3000), NOON, 5)
    assert learn([short, still, flown] * TRIPS_NEEDED) == []


def test_a_time_is_reckoned_with_the_cell_else_the_hour_else_the_assumption() -> None:
    speeds = OwnSpeeds.of(
        [
            LearnedSpeed(12, Direction.EAST, 15.0, 30),
            LearnedSpeed(12, None, 20.0, 60),
            LearnedSpeed(13, Direction.WEST, 10.0, 30),
        ]
    )
    to_the_east, to_the_north = place(east=-3000), place(north=-3000)  # from where one drives east, and north
    times = speeds.to(CENTRE, [to_the_east, to_the_north], NOON)
    assert times.seconds == pytest.approx([3000 * DETOUR * 3.6 / 15, 3000 * DETOUR * 3.6 / 20], rel=0.005)
    assert (times.source, times.sources) == ("own_trips", ("own_trips", "own_trips"))
    later = speeds.to(CENTRE, [to_the_east], NOON + timedelta(hours=1))
    assumed = GreatCircle().to(CENTRE, [to_the_east], NOON + timedelta(hours=1))
    assert later.seconds == pytest.approx(assumed.seconds)
    assert later.source_of(0) == "great_circle"


def test_there_and_back_may_differ() -> None:
    speeds = OwnSpeeds.of([LearnedSpeed(12, Direction.EAST, 15.0, 30), LearnedSpeed(12, Direction.WEST, 30.0, 30)])
    (there,), (back,) = (way(CENTRE, [place(east=3000)], NOON).seconds for way in (speeds.onward, speeds.to))
    assert there == pytest.approx(2 * back, rel=0.001)


@given(st.integers(0, 23), st.lists(st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000)), max_size=30))
def test_with_nothing_learned_it_is_the_assumption(hour: int, places: list[tuple[float, float]]) -> None:
    origins, at = [place(*one) for one in places], NOON + timedelta(hours=hour)
    assert NOTHING_LEARNED.to(CENTRE, origins, at) == GreatCircle().to(CENTRE, origins, at)
