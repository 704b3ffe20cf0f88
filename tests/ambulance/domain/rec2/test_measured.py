"""The method on two of the six seeds of the fixed trace; `python -m bench.dispatch` takes all of them."""

from __future__ import annotations

import numpy as np
import pytest

from bench import made_city
from bench.dispatch import AGREEMENT, agreement, run, trace
from bench.dispatch_trace import Bench, load
from services.ambulance.domain.replay import CLOSEST, REC2_KEEN, Simulation

SEEDS = 2
FEWER_LATE = 0.32
"""Per seed; on other seeds it may be less, the mean of all counts."""


@pytest.fixture(scope="module")
def bench() -> Bench:
    return load(SEEDS)


@pytest.fixture(scope="module")
def measured(bench: Bench):
    return run(trace(bench), (CLOSEST, REC2_KEEN))


def test_closest_idle_agrees_with_the_expected_late_share(bench, measured):
    assert all(abs(off) <= AGREEMENT for off in agreement(bench, measured[CLOSEST.name]).values())


def test_rec2_leaves_fewer_patients_late_and_nobody_worse_off(measured):
    for before, after in zip(measured[CLOSEST.name], measured[REC2_KEEN.name], strict=True):
        closest, ours = before.measures(), after.measures()
        assert ours.late <= (1 - FEWER_LATE) * closest.late
        assert (ours.mean, ours.p90, ours.very_late) <= (closest.mean, closest.p90, closest.very_late)
        assert ours.calls == closest.calls


def test_so_it_does_in_a_city_that_was_not_looked_at():
    city = made_city.city(made_city.HELD_OUT[0])
    measured = run([(city, made_city.days(city, 5000))], (CLOSEST, REC2_KEEN))
    (closest,), (ours,) = measured.values()
    assert ours.measures().late < closest.measures().late
    assert ours.measures().very_late < closest.measures().very_late
    assert ours.moves > 0


def test_every_call_is_served_once_and_every_unit_is_idle_at_the_end(bench):
    calls = bench.calls[2000]
    simulation = Simulation(bench.city, calls, REC2_KEEN)
    done = simulation.run()
    assert np.isfinite(done.response).all()
    assert (done.response >= bench.city.call_taking).all()
    assert len(simulation.fleet.idle()) == bench.city.units
    assert not simulation.queue
    assert 0 < done.lost_a_unit < len(calls) / 10


def test_the_same_replay_again_is_the_same(bench, measured):
    again = Simulation(bench.city, bench.calls[2000], REC2_KEEN).run()
    assert (again.response == measured[REC2_KEEN.name][0].response).all()
