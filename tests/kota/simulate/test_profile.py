"""The day of a seed is always the same day, and holds what a day must hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.ambulance.values import Outcome
from kota.simulate.profile import MASS_PATIENTS, NUISANCE, SHARES, plan_day
from kota.simulate.spots import metres, towards

AROUND = [(106.63, -6.18), (106.68, -6.15)]
DAY = plan_day(7, 200, 20, AROUND)


def test_the_same_seed_is_the_same_day_and_another_is_not() -> None:
    assert plan_day(7, 200, 20, AROUND) == DAY
    assert plan_day(8, 200, 20, AROUND) != DAY


def test_numbers_are_unique_and_times_lie_within_the_day() -> None:
    everything = [*DAY.calls, *DAY.emergencies]
    assert len({one.number for one in everything}) == len(everything) == 200 * 21
    assert all(0 <= one.at < 86_400 for one in everything)
    assert [call.at for call in DAY.calls] == sorted(call.at for call in DAY.calls)


def test_more_calls_come_by_day_than_before_dawn() -> None:
    hours = Counter(int(call.at // 3600) for call in DAY.calls)
    assert sum(hours[hour] for hour in range(9, 13)) > 2 * sum(hours[hour] for hour in range(1, 5))


def test_every_kind_of_nuisance_comes() -> None:
    assert {call.disposition for call in DAY.calls} == set(NUISANCE)


@given(st.integers(0, 10_000), st.integers(20, 60))
@settings(max_examples=25, deadline=None)
def test_every_twist_happens_in_every_day(seed: int, incidents: int) -> None:
    day = plan_day(seed, incidents, 0, AROUND)
    twists = Counter(emergency.twist for emergency in day.emergencies)
    assert all(twists[twist] >= 1 for twist in SHARES)
    assert twists["mass"] == 1
    mass = next(emergency for emergency in day.emergencies if emergency.twist == "mass")
    assert (len(mass.endings), mass.units > 1) == (MASS_PATIENTS, True)


def test_only_a_death_takes_two_crews_and_only_it_ends_as_one() -> None:
    for emergency in DAY.emergencies:
        assert (Outcome.DECEASED in emergency.endings) == (emergency.twist == "death")
        assert emergency.twist != "death" or emergency.units == 2


def test_a_vehicle_moves_no_further_than_it_can() -> None:
    there = towards(AROUND[0], AROUND[1], 500)
    assert abs(metres(AROUND[0], there) - 500) < 1
    assert towards(AROUND[0], AROUND[1], 50_000) == AROUND[1]
