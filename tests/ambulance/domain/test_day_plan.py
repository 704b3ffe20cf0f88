"""The day's plan: nobody is at two places, life support is spared, empty ways are short."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.ambulance.values import UnitType
from contracts.geography import Point
from services.ambulance.domain.day_plan import Trip, UnitDay, assign
from services.ambulance.domain.pickups import Span
from services.ambulance.domain.unit import Unit

from .builders import CENTRE, NOON, uuid

EAST = Point(coordinates=(CENTRE.longitude + 0.05, CENTRE.latitude))
MINUTES = st.integers(0, 600)


def trip(number: int, begin: int, minutes: int = 60, start: Point | None = CENTRE, goal: Point | None = None) -> Trip:
    begins = NOON + timedelta(minutes=begin)
    return Trip(uuid(number), Span(begins, begins + timedelta(minutes=minutes)), start, goal)


def day(id: str, type: UnitType = UnitType.TRANSPORT, base: Point = CENTRE, *trips: Trip) -> UnitDay:
    return UnitDay(Unit(id, type, base), list(trips))


def test_one_after_the_other_and_a_second_unit_only_for_what_overlaps() -> None:
    found = assign([trip(1, 0), trip(2, 60), trip(3, 30)], [day("T-1"), day("T-2")])
    assert found == {uuid(1): "T-1", uuid(2): "T-1", uuid(3): "T-2"}


def test_life_support_is_spared() -> None:
    units = [day("A-1", UnitType.ALS), day("B-1", UnitType.BLS), day("T-9", UnitType.TRANSPORT, EAST)]
    found = assign([trip(1, 0), trip(2, 0), trip(3, 0), trip(4, 0)], units)
    assert found == {uuid(1): "T-9", uuid(2): "B-1", uuid(3): "A-1"}  # and nobody for the fourth


def test_the_empty_way_counts_from_where_the_trip_before_ended() -> None:
    units = [day("T-1", UnitType.TRANSPORT, CENTRE, trip(9, 0, goal=EAST)), day("T-2")]
    assert assign([trip(1, 60, start=EAST)], units) == {uuid(1): "T-1"}
    units = [day("T-1", UnitType.TRANSPORT, CENTRE, trip(9, 0, goal=EAST)), day("T-2")]
    assert assign([trip(1, 60)], units) == {uuid(1): "T-2"}


@given(st.lists(st.tuples(MINUTES, st.integers(1, 240)), max_size=25), st.integers(0, 4))
def test_nobody_is_at_two_places_and_who_could_be_fetched_is(wanted: list[tuple[int, int]], units: int) -> None:
    trips = [trip(number, *times) for number, times in enumerate(wanted, 1)]
    days = [day(f"T-{number}") for number in range(units)]
    found = assign(trips, days)
    by_id = {one.incident_id: one for one in trips}
    for one in days:
        mine = [by_id[id] for id, unit in found.items() if unit == one.unit.id]
        assert mine == one.trips
        assert not any(a.span.overlaps(b.span) for a in mine for b in mine if a is not b)
    for one in trips:
        if one.incident_id not in found:
            assert all(any(other.span.overlaps(one.span) for other in each.trips) for each in days)
