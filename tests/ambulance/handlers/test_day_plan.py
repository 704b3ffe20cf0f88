"""The day's plan of pick-ups, made and shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import UnitState
from contracts.problems import InvalidRequest
from contracts.times import WIB

from .desk import Desk
from .plans import pickup, plan, planned, red
from .series import DAILY, opened, today, with_hospital


@pytest.fixture
def city(desk: Desk) -> Desk:
    return with_hospital(desk)


def planned_day(desk: Desk, days: int = 1) -> Any:
    return desk.ask(asked.PlanDay(on=today(desk) + timedelta(days=days)))


def by_unit(view: Any) -> dict[str, int]:
    return {one.unit_id: len(one.trips) for one in view.units}


def test_each_pick_up_of_the_day_gets_a_unit_and_none_overlap(city: Desk) -> None:
    tomorrow = today(city) + timedelta(days=1)
    opened(city, begins_on=tomorrow, weekdays=DAILY)
    others = [pickup(city, hours) for hours in (20, 22, 26)]
    before = city.ask(asked.GetDayPlan(on=tomorrow))
    wait = [one.incident_id for one in before.unplanned]
    assert len(wait) == 5 and set(others) <= set(wait) and by_unit(before) == {"AMB-01": 0, "AMB-02": 0}
    view = planned_day(city)
    assert view.unplanned == () and sum(by_unit(view).values()) == 5
    for unit in view.units:
        for one, following in zip(unit.trips, unit.trips[1:], strict=False):
            assert one.ends_at <= following.begins_at
    assert view == planned_day(city) == city.ask(asked.GetDayPlan(on=tomorrow))
    assert city.events().count("unit-planned") == 5


def test_what_is_planned_already_stays_and_who_finds_no_unit_is_told_why(city: Desk) -> None:
    first, second, third = (pickup(city, 22) for _ in range(3))
    plan(city, first, "AMB-02")
    view = planned_day(city)
    assert planned(city, first) == ["AMB-02"] and by_unit(view) == {"AMB-01": 1, "AMB-02": 1}
    [left] = view.unplanned
    assert left.incident_id in (second, third) and left.reason == "no_unit_free"
    assert left.reason_text_id == "tidak ada unit yang kosong selama itu"


def test_a_broken_unit_is_not_planned_and_one_off_duty_today_is(city: Desk) -> None:
    city.fleet("AMB-01", state=UnitState.OUT_OF_SERVICE)
    city.ask(asked.SetUnitStatus(unit_id="AMB-02", state="off_duty"))
    pickup(city, 22)
    assert by_unit(planned_day(city)) == {"AMB-02": 1}


def test_one_that_is_near_is_sent_not_planned(city: Desk) -> None:
    near = pickup(city, 0.5)
    red(city)  # no pick-up at all
    view = planned_day(city, 0)
    assert [(one.incident_id, one.reason) for one in view.unplanned] == [(near, "too_near")]
    city.send(near, "AMB-01")
    assert city.ask(asked.GetDayPlan(on=today(city))).unplanned == ()


def test_a_day_is_that_of_people_and_not_one_that_has_passed(city: Desk) -> None:
    late = 24 - city.now.astimezone(WIB).hour
    pickup(city, late - 0.5)
    pickup(city, late + 0.5)
    assert len(planned_day(city, 0).unplanned) + sum(by_unit(planned_day(city, 0)).values()) == 1
    with pytest.raises(InvalidRequest) as refused:
        planned_day(city, -1)
    assert [one.pointer for one in refused.value.data.errors] == ["/on"]
    assert city.ask(asked.GetDayPlan(on=today(city) - timedelta(days=1))).unplanned == ()


def test_a_trip_that_was_sent_stays_in_the_day(city: Desk) -> None:
    soon = pickup(city, 2)
    plan(city, soon)
    city.later(hours=1)
    city.fire()
    [trip] = next(one.trips for one in city.ask(asked.GetDayPlan(on=today(city))).units if one.unit_id == "AMB-01")
    assert (trip.incident_id, trip.sent) == (soon, True)


def test_sixty_pick_ups_and_twenty_units(city: Desk) -> None:
    city.fleet(*(f"AMB-{number:02d}" for number in range(3, 21)))
    made = [pickup(city, 16 + number / 10) for number in range(60)]
    view = planned_day(city)
    assert sum(by_unit(view).values()) == len(made) - len(view.unplanned)
    assert {one.reason for one in view.unplanned} <= {"no_unit_free"} and max(by_unit(view).values()) > 1
