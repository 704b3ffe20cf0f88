"""Series of trips: which days, each pick-up once, skipped days, the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from contracts.ambulance.pickup_values import RideLeg, SeriesState
from contracts.ambulance.problems import PlaceMissing, WrongState
from contracts.problems import InvalidRequest
from contracts.times import Weekday
from services.ambulance.domain.place import NOWHERE, Place
from services.ambulance.domain.ride_series import RideSeries

from .builders import CENTRE, uuid

MONDAY = date(2026, 12, 7)
NOW = datetime(2026, 12, 5, 5, 0, tzinfo=UTC)
"""A Saturday, noon in WIB."""
THRICE = frozenset({Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY})


def series(
    days: tuple[date, date | None] = (MONDAY, None),
    weekdays: frozenset[Weekday] = THRICE,
    back: time | None = time(11, 0),
    place: Place | None = None,
    now: datetime = NOW,
) -> RideSeries:
    home = place or Place(location=CENTRE)
    times = (time(5, 30), back)
    made, events = RideSeries.open(uuid(1), "+6281234567890", home, "RS-1", weekdays, times, days, now)
    assert len(events) == 1
    return made


def days(rides: Any) -> list[int]:
    return [one.on.day for one in rides]


def test_each_day_has_its_way_there_and_back_by_the_clock_of_people() -> None:
    rides = series().take_due(NOW)
    assert days(rides) == [7, 7, 9, 9, 11, 11]
    assert rides[0].pickup_at == datetime(2026, 12, 6, 22, 30, tzinfo=UTC)  # Monday 05:30 WIB is Sunday in UTC
    assert [one.leg for one in rides[:2]] == [RideLeg.THERE, RideLeg.BACK]
    assert days(series(back=None).take_due(NOW)) == [7, 9, 11]


def test_each_pick_up_is_asked_for_once_a_week_ahead() -> None:
    made = series(back=None)
    seen = [*made.take_due(NOW)]
    assert made.take_due(NOW + timedelta(hours=3)) == []
    for day in range(1, 15):
        due = made.take_due(NOW + timedelta(days=day))
        assert all(one.pickup_at - NOW <= timedelta(days=day + 8) for one in due)
        seen += due
    assert days(seen) == [7, 9, 11, 14, 16, 18, 21, 23, 25]


def test_after_a_standstill_what_has_passed_is_not_asked_for() -> None:
    made = series(back=None)
    made.take_due(NOW)
    assert days(made.take_due(datetime(2026, 12, 18, 5, 0, tzinfo=UTC))) == [21, 23, 25]
    early = datetime(2026, 12, 6, 23, 0, tzinfo=UTC)  # Monday 06:00 WIB: the way there has passed
    first = series(now=early).take_due(early)[0]
    assert (first.on.day, first.leg) == (7, RideLeg.BACK)


def test_one_day_is_a_series_too_and_it_runs_out() -> None:
    made = series(days=(MONDAY, MONDAY))
    assert days(made.take_due(NOW)) == [7, 7]
    assert not made.goes_on
    assert made.run_out(NOW + timedelta(days=2)) == []
    assert len(made.run_out(NOW + timedelta(days=3))) == 1
    assert made.state is SeriesState.ENDED and made.run_out(NOW + timedelta(days=4)) == []


@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        ((date(2026, 12, 4), None), "begins_on"),
        ((MONDAY, date(2026, 12, 6)), "ends_on"),
        ((MONDAY, MONDAY + timedelta(days=367)), "ends_on"),
        ((date(2026, 12, 8), date(2026, 12, 8)), "weekdays"),  # a Tuesday
    ],
)
def test_days_that_cannot_be_are_refused(when: Any, wrong: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        series(days=when)
    assert [one.pointer for one in refused.value.data.errors] == [f"/{wrong}"]


def test_nobody_is_sent_nowhere() -> None:
    with pytest.raises(PlaceMissing):
        series(place=NOWHERE)


def test_a_skipped_day_is_left_out_and_only_a_day_to_come_can_be() -> None:
    made = series(back=None)
    assert len(made.skip(date(2026, 12, 9), NOW)) == 1
    assert made.skip(date(2026, 12, 9), NOW) == []
    assert days(made.take_due(NOW)) == [7, 11]
    for day in (date(2026, 12, 8), date(2026, 12, 2), date(2028, 12, 4)):
        with pytest.raises(InvalidRequest):
            made.skip(day, NOW)


def test_it_ends_at_once_or_later_and_then_nothing_changes_any_more() -> None:
    later = series(back=None)
    later.end(date(2026, 12, 9), "pindah kota", NOW)
    assert later.state is SeriesState.ACTIVE and days(later.take_due(NOW)) == [7, 9]
    with pytest.raises(InvalidRequest):
        later.end(date(2026, 12, 10), "pindah kota", NOW)
    at_once = series()
    at_once.end(None, "pasien meninggal", NOW)
    assert at_once.take_due(NOW) == [] and not at_once.goes_on
    for step in (lambda: at_once.skip(MONDAY, NOW), lambda: at_once.end(None, "lagi", NOW)):
        with pytest.raises(WrongState):
            step()
