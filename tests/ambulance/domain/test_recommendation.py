"""Recommendation: the closest unit that may go, and in plain words why not the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import acos, cos, radians, sin
from statistics import median
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ambulance.problems import UnitNotAvailable
from contracts.ambulance.values import IncidentClass, Triage, UnitState, UnitType
from contracts.geography import Point, metres
from services.ambulance.domain.eligibility import may_take, require_dispatchable
from services.ambulance.domain.recommendation import Limits, rank
from services.ambulance.domain.travel import GreatCircle
from services.ambulance.domain.unit import Unit

from .builders import CENTRE, NOON, at, incident, unit

OLD = timedelta(minutes=31)


def east(kilometres: float) -> Point:
    return Point(coordinates=(CENTRE.longitude + kilometres / 110.55, CENTRE.latitude))


def placed(id: str, kilometres: float, age: timedelta = timedelta(0), type: UnitType = UnitType.BLS) -> Unit:
    made = unit(id, type)
    made.report_position(east(kilometres), NOON - age, NOON)
    return made


def recommend(units, committed=(), **more):
    return rank(more.pop("case", incident()), CENTRE, units, set(committed), NOON, GreatCircle(), **more)


def reasons(recommendation):
    return [(c.unit_id, c.offered, c.reason) for c in recommendation.candidates]


def test_the_closest_goes_first_and_the_others_say_how_much_later():
    said = recommend([placed("B", 4), placed("A", 2), placed("C", 3)])
    assert reasons(said) == [("A", True, "closest"), ("C", True, "further_away"), ("B", True, "further_away")]
    assert (said.recommended, said.closest, said.travel_time_source) == ("A", "A", "great_circle")
    assert "later than A" in said.candidates[1].reason_text


def test_equal_times_go_by_id():
    assert [c[0] for c in reasons(recommend([placed(id, 2) for id in ("C", "A", "B")]))] == ["A", "B", "C"]


def test_every_unit_that_is_not_offered_says_why():
    off, broken = placed("OFF", 1), placed("BROKEN", 1.1)
    off.set_status(UnitState.OFF_DUTY)
    broken.set_status(UnitState.OUT_OF_SERVICE, "rem")
    taxi, far = placed("TAXI", 1.3, type=UnitType.TRANSPORT), placed("FAR", 26)
    fleet = [far, placed("STALE", 9, OLD), taxi, placed("BUSY", 1.2), broken, off, placed("GOOD", 5)]
    assert reasons(recommend(fleet, ["BUSY"])) == [
        ("GOOD", True, "closest"),
        ("STALE", False, "stale_position"),
        ("OFF", False, "off_duty"),
        ("BROKEN", False, "out_of_service"),
        ("BUSY", False, "committed"),
        ("TAXI", False, "wrong_type"),
        ("FAR", False, "out_of_range"),
    ]


def test_a_stale_position_counts_from_the_base():
    stale = next(c for c in recommend([placed("STALE", 9, OLD), placed("GOOD", 5)]).candidates if c.unit_id == "STALE")
    assert (stale.expected_seconds, stale.position_age_seconds) == (0, 31 * 60)


def test_when_no_position_is_fresh_the_stale_units_are_offered_rather_than_nobody():
    said = recommend([placed("B", 4, OLD), placed("A", 9, OLD)])
    assert reasons(said) == [("A", True, "stale_position"), ("B", True, "stale_position")]
    assert said.recommended == "A"


def test_a_unit_that_never_reported_is_taken_to_be_at_its_base():
    (only,) = recommend([unit("NEW", base=east(3))]).candidates
    assert (only.offered, only.position_age_seconds) == (True, None)
    assert "base" in only.reason_text


def test_nobody_to_send_is_said_plainly():
    said = recommend([])
    assert (said.recommended, said.closest, said.candidates) == (None, None, ())


@pytest.mark.parametrize(
    ("incident_class", "colour", "transport_may"),
    [
        (IncidentClass.EMERGENCY, None, False),
        (IncidentClass.EMERGENCY, Triage.MERAH, False),
        (IncidentClass.EMERGENCY, Triage.KUNING, False),
        (IncidentClass.EMERGENCY, Triage.HITAM, False),
        (IncidentClass.EMERGENCY, Triage.HIJAU, True),
        (IncidentClass.REGULAR, None, True),
    ],
)
def test_an_emergency_needs_life_support_unless_it_is_hijau(incident_class, colour, transport_may):
    assert may_take(UnitType.TRANSPORT, incident_class, colour) is transport_may
    assert may_take(UnitType.BLS, incident_class, colour)
    assert may_take(UnitType.ALS, incident_class, colour)


def test_dispatching_an_unfit_unit_is_refused_with_the_reason():
    with pytest.raises(UnitNotAvailable) as refused:
        require_dispatchable(unit(type=UnitType.TRANSPORT), IncidentClass.EMERGENCY, Triage.MERAH)
    assert refused.value.data.extra == {"unit_id": "AMB-01", "reason": "wrong_type"}
    require_dispatchable(unit(), IncidentClass.EMERGENCY, Triage.MERAH)


DRAWN = st.lists(
    st.tuples(
        st.floats(-30, 30),
        st.sampled_from([0, 29, 31, None]),
        st.sampled_from(list(UnitType)),
        st.sampled_from([UnitState.AVAILABLE, UnitState.OFF_DUTY, UnitState.OUT_OF_SERVICE]),
        st.booleans(),
    ),
    max_size=12,
)


@given(DRAWN, st.permutations(range(12)))
def test_the_order_is_that_of_a_search_by_hand(drawn, order):
    units, busy, free, stale = [], set(), [], []
    for number, (kilometres, age, type, state, committed) in enumerate(drawn):
        id = f"U{number:02}"
        made = Unit(id, type, east(kilometres / 2), state, "rem")
        if age is not None:
            made.location, made.located_at = east(kilometres), at(-age)
        units.append(made)
        busy |= {id} if committed else set()
        believed = age is not None and age <= 30
        origin = east(kilometres if believed else kilometres / 2)
        fit = state is UnitState.AVAILABLE and type is not UnitType.TRANSPORT and not committed
        if fit and metres(origin, CENTRE) <= 25_000:
            key = (round(metres(origin, CENTRE) * 1.3 / (32 / 3.6)), id)
            (stale if age == 31 else free).append(key)
    expected = [id for _, id in sorted(free or stale)]
    shuffled = [units[index] for index in order if index < len(units)]
    said = recommend(shuffled, busy, limit=100)
    assert [c.unit_id for c in said.candidates if c.offered] == expected
    assert said.recommended == (expected[0] if expected else None)
    assert len(said.candidates) == len(units)
    assert [c.offered for c in said.candidates] == sorted((c.offered for c in said.candidates), reverse=True)


def test_the_limit_holds_for_the_offered_and_for_the_others():
    fleet = [placed(f"U{n:02}", n / 10) for n in range(1, 9)]
    said = recommend(fleet, [f"U{n:02}" for n in range(1, 5)], limit=2)
    assert [c[0] for c in reasons(said)] == ["U05", "U06", "U01", "U02"]


def test_limits_are_configuration():
    assert reasons(recommend([placed("A", 6)], limits=Limits(range_metres=5_000))) == [("A", False, "out_of_range")]


def test_a_thousand_units_are_ranked_in_under_20_milliseconds():
    fleet = [placed(f"U{n:04}", (n * 37 % 500) / 20 - 12) for n in range(1000)]
    took = []
    for _ in range(9):
        start = perf_counter()
        recommend(fleet)
        took.append(perf_counter() - start)
    assert min(took) < 0.020, f"median {median(took) * 1000:.1f} ms"


@pytest.mark.parametrize(("hour_utc", "speed"), [(0, 25), (5, 32), (10, 25), (15, 40), (21, 40)])
def test_travel_time_follows_the_hour_in_the_city(hour_utc, speed):
    leaving = datetime(2026, 11, 23, hour_utc, 30, tzinfo=UTC)
    (seconds,) = GreatCircle().to(CENTRE, [east(5)], leaving).seconds
    assert seconds == pytest.approx(metres(east(5), CENTRE) * 1.3 * 3.6 / speed)


def test_a_speed_table_covers_the_day():
    assert len(GreatCircle().speeds) == 24
    with pytest.raises(ValueError, match="24"):
        GreatCircle(speeds=(30.0,))


@given(st.floats(106.5, 106.8), st.floats(-6.3, -6.0))
def test_distance_agrees_with_the_spherical_law_of_cosines(longitude, latitude):
    other = Point(coordinates=(longitude, latitude))
    a, b, c = radians(CENTRE.latitude), radians(latitude), radians(longitude - CENTRE.longitude)
    angle = acos(min(1.0, sin(a) * sin(b) + cos(a) * cos(b) * cos(c)))
    assert metres(CENTRE, other) == pytest.approx(angle * 6_371_008.8, abs=1.0)
