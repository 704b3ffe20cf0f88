"""Speeds learned from what crews reported: trips through the real handlers, learned at night, used and shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.geography import Point, metres
from services.ambulance import store
from services.ambulance.domain.travel import DETOUR
from tests.ambulance.domain.builders import CENTRE, NOON
from tests.ambulance.domain.test_speeds import place

from .desk import Desk

BASE = place(east=-4000)
METRES = metres(BASE, CENTRE) * DETOUR


@pytest.fixture
def centre(desk: Desk) -> Desk:
    store.travel_speed.CACHE.forget()
    desk.fleet("AMB-01", base=BASE)
    facility = {"id": "RS-1", "name": "RS Contoh", "type": "hospital", "location": place(north=5000)}
    desk.ask(asked.ImportFacilities(facilities=(facility,)))
    return desk


def drive(
    desk: Desk, seconds: float, *, begun: Any = NOON, origin: Point | None = BASE, kind: str = "emergency"
) -> Any:
    """A trip to the centre and on to the hospital, told afterwards."""
    desk.now = begun
    more = {"incident_class": kind}
    id = desk.incident(**more)
    assignment = desk.send(id, "AMB-01").id
    desk.later(hours=1)
    times = {"en_route": 0, "on_scene": seconds, "patient_loaded": seconds + 300, "at_hospital": seconds + 900}
    for milestone, after in times.items():
        place_of = {"location": origin} if milestone == "en_route" and origin else {}
        facility = {"facility_id": "RS-1"} if milestone == "at_hospital" else {}
        desk.report(assignment, milestone, at=begun + timedelta(seconds=after), **place_of, **facility)
    desk.report(assignment, "completed")
    return assignment


def cell(desk: Desk, direction: str, hour: int = 12) -> Any:
    speeds = desk.ask(asked.GetTravelSpeeds()).speeds
    return next(one for one in speeds if (one.hour, one.direction) == (hour, direction))


def days(number: int) -> Any:
    """The same hour, so many days later."""
    return NOON + timedelta(days=number)


def test_each_night_the_trips_teach_and_the_estimate_follows(centre: Desk) -> None:
    for day in range(20):
        drive(centre, 900, begun=days(day))
    centre.now = days(20)
    id = centre.incident()
    before = centre.ask(asked.RecommendUnits(incident_id=id))
    assert (before.travel_time_source, cell(centre, "east").source) == ("great_circle", "great_circle")
    centre.later(hours=10)
    centre.fire()
    centre.now = days(21)
    shown = cell(centre, "east")
    assert (shown.source, shown.trips, shown.every_direction) == ("own_trips", 20, False)
    assert shown.kilometres_per_hour == pytest.approx(METRES / 900 * 3.6, rel=0.01)
    assert cell(centre, "north").trips == 20, "on to the hospital"
    assert cell(centre, "west").every_direction
    after = centre.ask(asked.RecommendUnits(incident_id=id))
    assert (after.travel_time_source, after.recommended_seconds) == ("own_trips", pytest.approx(900, abs=5))
    assert centre.rows("SELECT due_at FROM timer WHERE kind = 'learn-speeds'")[0].due_at > centre.now


def test_a_manager_need_not_wait_for_the_night(centre: Desk) -> None:
    for day in range(20):
        drive(centre, 700, begun=days(day))
    learned = centre.ask(asked.LearnTravelSpeeds())
    assert learned.learned_at == centre.now
    assert cell(centre, "east").trips == 20


@pytest.mark.parametrize("kind", ["few", "old", "regular", "nowhere"])
def test_what_teaches_nothing(centre: Desk, kind: str) -> None:
    for day in range(19 if kind == "few" else 20):
        origin = None if kind == "nowhere" else BASE
        drive(centre, 900, begun=days(day), origin=origin, kind="regular" if kind == "regular" else "emergency")
    centre.now = days(112 if kind == "old" else 20)
    centre.ask(asked.LearnTravelSpeeds())
    shown = cell(centre, "east")
    assert shown.every_direction or not shown.trips
    assert (shown.trips > 0) is (kind in ("few", "nowhere")), "the drives on to the hospital count for the hour"


def test_where_a_unit_started_is_known_from_its_positions_too(centre: Desk) -> None:
    for day in range(20):
        centre.now = days(day)
        fix = {"unit_id": "AMB-01", "location": BASE, "at": centre.now - timedelta(minutes=2)}
        centre.ask(asked.ReportPositions(positions=(fix,)))
        drive(centre, 900, begun=days(day), origin=None)
    centre.ask(asked.LearnTravelSpeeds())
    assert cell(centre, "east").trips == 20


def test_a_corrected_time_counts_as_corrected(centre: Desk) -> None:
    trips = [drive(centre, 60, begun=days(day)) for day in range(20)]  # the button was pressed far too early
    for day, trip in enumerate(trips):
        at = days(day) + timedelta(seconds=299)
        wrong = {"milestone": "on_scene", "reason": "tombol tertekan terlalu awal"}
        centre.ask(asked.CorrectMilestone(assignment_id=trip, at=at, **wrong))
    centre.ask(asked.LearnTravelSpeeds())
    assert cell(centre, "east").kilometres_per_hour == pytest.approx(METRES / 299 * 3.6, rel=0.01)
