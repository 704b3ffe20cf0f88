"""Gain and loss of coverage, parking and moves, against brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ambulance.domain.rec2 import FRUGAL, CoverageMap, Movable, best_move, where_to_park

Q = FRUGAL.unavailable


@st.composite
def cities(draw, fewest_units=1):
    bases, nodes = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    response = np.array(draw(st.lists(st.floats(0, 24), min_size=bases * nodes, max_size=bases * nodes)))
    demand = np.array(draw(st.lists(st.floats(0.01, 1), min_size=nodes, max_size=nodes)))
    coverage = CoverageMap.of(demand, response.reshape(bases, nodes), 12.0, Q)
    bound = draw(st.lists(st.integers(0, bases - 1), min_size=fewest_units, max_size=5))
    return coverage, bound


def expected(coverage, bound):
    """The share of demand served, over every combination of units that are busy or not."""
    total = 0.0
    for free in product((False, True), repeat=len(bound)):
        chance = np.prod([(1 - Q) if one else Q for one in free])
        reached = np.zeros(len(coverage.demand), dtype=bool)
        for base, one in zip(bound, free, strict=True):
            reached |= one & (coverage.covers[base] > 0)
        total += chance * coverage.demand[reached].sum()
    return total


@given(cities(fewest_units=0))
def test_gain_is_what_one_unit_more_adds(city):
    coverage, bound = city
    gains = coverage.gains(coverage.counts(bound))
    assert coverage.expected(coverage.counts(bound)) == pytest.approx(expected(coverage, bound))
    for base in range(coverage.bases):
        assert gains[base] == pytest.approx(expected(coverage, [*bound, base]) - expected(coverage, bound))


@given(cities())
def test_loss_is_what_one_unit_less_takes(city):
    coverage, bound = city
    losses = coverage.losses(coverage.counts(bound))
    for number, base in enumerate(bound):
        rest = bound[:number] + bound[number + 1 :]
        assert losses[base] == pytest.approx(expected(coverage, bound) - expected(coverage, rest))
    without = coverage.gains_without(coverage.counts(bound), bound)
    assert without[:, :].shape == (len(bound), coverage.bases)
    assert [row[base] for row, base in zip(without, bound, strict=True)] == pytest.approx([losses[b] for b in bound])


@given(cities(fewest_units=0), st.lists(st.floats(0, 30), min_size=4, max_size=4))
def test_a_freed_unit_parks_where_it_adds_most_and_of_equals_nearby(city, drives):
    coverage, bound = city
    minutes = np.array(drives[: coverage.bases])
    chosen = where_to_park(7, minutes, bound, coverage)
    added = [expected(coverage, [*bound, base]) for base in range(coverage.bases)]
    assert added[chosen.base] == pytest.approx(max(added))
    equal = [base for base in range(coverage.bases) if added[base] == pytest.approx(max(added), abs=1e-13)]
    assert chosen.minutes <= min(minutes[base] for base in equal)


@given(cities(), st.data())
def test_a_move_is_worth_it_near_enough_and_never_of_who_was_just_moved(city, data):
    coverage, bound = city
    draw = st.lists(st.floats(0, 30), min_size=coverage.bases, max_size=coverage.bases)
    parked = [
        Movable(unit, base, np.array(data.draw(draw)), data.draw(st.floats(0, 40))) for unit, base in enumerate(bound)
    ]
    move = best_move(parked, bound, coverage, FRUGAL)
    worth = {}
    for one in parked:
        rest = bound[: one.unit] + bound[one.unit + 1 :]
        for base in range(coverage.bases):
            if one.moved_ago >= 20 and one.minutes[base] <= 20:
                worth[one.unit, base] = expected(coverage, [*rest, base]) - expected(coverage, bound)
    best = max(worth.values(), default=0.0)
    if move is None:
        assert best <= FRUGAL.move_gain + 1e-9
    else:
        assert worth[move.unit, move.base] == pytest.approx(best) == pytest.approx(move.gain)
        assert best > FRUGAL.move_gain


def test_two_targets_are_the_nodes_twice():
    demand, response = np.array([1.0, 1.0]), np.array([[5.0, 15.0]])
    both = CoverageMap.of_targets(demand, response, {12.0: 3.0, 20.0: 1.0}, Q)
    assert both.expected(both.counts([0])) == pytest.approx((1 - Q) * (0.75 * 0.5 + 0.25))


def test_a_map_without_demand_is_refused():
    with pytest.raises(ValueError, match="sum"):
        CoverageMap.of(np.zeros(2), np.ones((1, 2)), 12.0, Q)
