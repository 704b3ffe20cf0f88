"""Recurring pick-ups: a patient on dialysis, from the first call to the last trip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.geography import Point
from contracts.problems import Forbidden, InvalidRequest, NotFound
from contracts.times import WIB
from tests.ambulance.domain.builders import CENTRE, uuid

from .desk import Desk, crew
from .series import DAILY, next_monday, opened, to, today, with_hospital


@pytest.fixture
def city(desk: Desk) -> Desk:
    return with_hospital(desk)


def shown(desk: Desk, series: Any) -> Any:
    return desk.ask(asked.GetRideSeries(series_id=series.id))


def legs(view: Any) -> list[tuple[date, str]]:
    return [(one.on, one.leg) for one in view.coming]


def test_its_first_week_is_asked_for_at_once_and_each_night_one_day_more(city: Desk) -> None:
    monday = next_monday(city)
    view = opened(city)
    first = [(one, leg) for one in (monday, monday + timedelta(days=2), monday + timedelta(days=4)) for leg in "tb"]
    within = [(on, {"t": "there", "b": "back"}[leg]) for on, leg in first if on <= today(city) + timedelta(days=7)]
    assert legs(view) == within and view.coming[0].pickup_at.astimezone(WIB).hour == 5
    for _ in range(9):
        to(city, today(city) + timedelta(days=1))
    coming = legs(shown(city, view))
    assert len(coming) == len(set(coming)) and max(on for on, _ in coming) <= today(city) + timedelta(days=7)
    rows = city.rows("SELECT service_on, leg, count(*) FROM ride GROUP BY 1, 2 HAVING count(*) > 1")
    assert rows == []
    assert city.rows("SELECT count(*) FROM timer WHERE kind = 'ride-series'") == [(1,)]


def test_it_is_a_regular_request_and_the_way_back_begins_at_the_hospital(city: Desk) -> None:
    view = opened(
        city, begins_on=today(city) + timedelta(days=1), weekdays=DAILY, ends_on=today(city) + timedelta(days=1)
    )
    there, back = (city.ask(asked.GetIncident(incident_id=one.incident_id)) for one in view.coming)
    assert (there.incident_class, there.kind, there.location, there.landmark) == (
        "regular",
        "transport",
        CENTRE,
        "pagar hijau",
    )
    assert (there.ride.facility_id, there.ride.needs, there.ride.location) == ("RS-1", "kursi roda", None)
    assert back.location == Point(coordinates=(CENTRE.longitude + 0.03, CENTRE.latitude))
    assert (back.ride.leg, back.ride.facility_id, back.ride.location, back.ride.landmark) == (
        "back",
        None,
        CENTRE,
        "pagar hijau",
    )
    listed = city.ask(asked.ListPickups()).items
    assert [one.id for one in listed] == [there.id, back.id]
    plan = city.ask(asked.PlanUnit(incident_id=there.id, unit_id="AMB-01"))
    assert plan.facility_id == "RS-1"
    assert timedelta(minutes=85) < plan.ends_at - plan.begins_at < timedelta(minutes=100)
    home = city.ask(asked.PlanUnit(incident_id=back.id, unit_id="AMB-02"))
    assert home.facility_id is None and home.ends_at - back.pickup_at < timedelta(minutes=45)
    ours, theirs = crew("AMB-01"), crew("AMB-02", subject="crew-2")
    assert city.ask(asked.GetIncident(incident_id=there.id), ours).ride.needs == "kursi roda"
    with pytest.raises(Forbidden):
        city.ask(asked.GetIncident(incident_id=there.id), theirs)


def test_a_skipped_day_is_cancelled_with_its_plan(city: Desk) -> None:
    tomorrow = today(city) + timedelta(days=1)
    view = opened(city, begins_on=tomorrow, weekdays=DAILY)
    first = view.coming[0].incident_id
    city.ask(asked.PlanUnit(incident_id=first, unit_id="AMB-01"))
    after = city.ask(asked.SkipRide(series_id=view.id, on=tomorrow))
    assert after.skipped == (tomorrow,) and tomorrow not in {on for on, _ in legs(after)}
    closed = city.ask(asked.GetIncident(incident_id=first))
    assert (closed.state, closed.outcome, closed.plans) == ("closed", "cancelled", ())
    assert city.ask(asked.SkipRide(series_id=view.id, on=tomorrow)) == after
    assert city.events().count("ride-skipped") == 1
    later = tomorrow + timedelta(days=9)  # not asked for yet
    city.ask(asked.SkipRide(series_id=view.id, on=later))
    for _ in range(4):
        to(city, today(city) + timedelta(days=1))
    assert later not in {on for on, _ in legs(shown(city, view))}


def test_it_ends_and_nobody_comes_any_more(city: Desk) -> None:
    view = opened(city)
    ended = city.ask(asked.EndRideSeries(series_id=view.id, reason="pasien meninggal, hubungi 081234567890"))
    assert (ended.state, ended.coming) == ("ended", ()) and "081234567890" not in ended.reason
    assert ended.phone != view.phone and ended.phone.endswith(view.phone[-3:])
    assert city.ask(asked.ListPickups()).items == ()
    for _ in range(3):
        to(city, today(city) + timedelta(days=1))
    assert legs(shown(city, view)) == []
    assert city.rows("SELECT count(*) FROM timer WHERE kind = 'ride-series'") == [(0,)]
    with pytest.raises(WrongState):
        city.ask(asked.SkipRide(series_id=view.id, on=next_monday(city) + timedelta(days=7)))


def test_one_to_whom_a_unit_is_on_its_way_is_not_cancelled_unseen(city: Desk) -> None:
    tomorrow = today(city) + timedelta(days=1)
    view = opened(city, begins_on=tomorrow, weekdays=DAILY)
    to(city, tomorrow, "04:40")
    city.ask(asked.DispatchUnit(incident_id=view.coming[0].incident_id, unit_id="AMB-01"))
    with pytest.raises(WrongState):
        city.ask(asked.SkipRide(series_id=view.id, on=tomorrow))
    assert shown(city, view).skipped == ()


def test_a_trip_that_has_begun_ends_in_its_own_way(city: Desk) -> None:
    tomorrow = today(city) + timedelta(days=1)
    view = opened(city, begins_on=tomorrow, weekdays=DAILY)
    to(city, tomorrow, "04:40")
    there, back = (one.incident_id for one in view.coming[:2])
    sent = city.ask(asked.DispatchUnit(incident_id=there, unit_id="AMB-01"))
    city.report(sent.id, "on_scene")
    ended = city.ask(asked.EndRideSeries(series_id=view.id, reason="dirawat inap"))
    assert [one.incident_id for one in ended.coming] == [there]
    states = [city.ask(asked.GetIncident(incident_id=id)).state for id in (there, back)]
    assert states == ["active", "closed"]


def test_it_runs_out_by_itself(city: Desk) -> None:
    tomorrow = today(city) + timedelta(days=1)
    view = opened(city, begins_on=tomorrow, ends_on=tomorrow, weekdays=DAILY)
    to(city, tomorrow)
    assert shown(city, view).state == "active"
    to(city, tomorrow + timedelta(days=1))
    assert (shown(city, view).state, shown(city, view).coming) == ("ended", ())  # nobody has closed them yet
    assert city.events().count("ride-series-ended") == 1
    assert city.rows("SELECT count(*) FROM timer WHERE kind = 'ride-series'") == [(0,)]


def test_lists_are_paged_and_show_no_number(city: Desk) -> None:
    made = [opened(city).id for _ in range(3)]
    page = city.ask(asked.ListRideSeries(limit=2))
    rest = city.ask(asked.ListRideSeries(limit=2, cursor=page.next))
    assert [one.id for one in (*page.items, *rest.items)] == made[::-1]
    assert all("345678" not in (one.phone or "") for one in page.items)
    assert city.ask(asked.ListRideSeries(state="ended")).items == ()


def test_what_cannot_be_is_refused_and_leaves_nothing(city: Desk) -> None:
    for wrong, pointer in (
        ({"facility_id": "RS-9"}, "/facility_id"),
        ({"begins_on": today(city) - timedelta(days=1)}, "/begins_on"),
    ):
        with pytest.raises(InvalidRequest) as refused:
            opened(city, **wrong)
        assert [one.pointer for one in refused.value.data.errors] == [pointer]
    for wrong in (
        {"pickup_time": "5.30"},
        {"return_time": "05:00"},
        {"weekdays": ("monday", "monday")},
        {"phone": "1"},
    ):
        with pytest.raises(ValueError):
            opened(city, **wrong)
    with pytest.raises(NotFound):
        city.ask(asked.GetRideSeries(series_id=uuid(77)))
    assert city.rows("SELECT 1 FROM ride_series") == city.rows("SELECT 1 FROM incident") == []


def test_numbers_and_homes_are_encrypted_and_in_no_event(city: Desk) -> None:
    opened(city)
    [row] = city.rows("SELECT phone, needs, landmark FROM ride_series")
    assert not any(text in str(row) for text in ("81234567890", "kursi", "pagar"))
    told = str(city.rows("SELECT body FROM outbox")) + str(city.rows("SELECT detail FROM audit"))
    assert not any(text in told for text in ("81234567890", "kursi", "pagar"))
