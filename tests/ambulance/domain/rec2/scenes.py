"""Drawn situations: a plane of a few places, idle units, units on their way, calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from services.ambulance.domain.rec2 import Call, EnRoute, Priority

MINUTES_A_STEP = 1.5
PRIORITIES = (Priority(0, 12.0, 4.0), Priority(1, 20.0, 2.0), Priority(2, 40.0, 1.0))
PLACES = st.tuples(st.integers(0, 20), st.integers(0, 20))


@dataclass(frozen=True)
class Scene:
    """Units and calls by number, each with its place; arrival is the straight way."""

    units: list
    calls: list
    places: list
    idle: list
    en_route: list
    waiting: list

    def arrivals(self, call, units):
        here = np.array([self.units[int(unit)] for unit in units], dtype=float).reshape(-1, 2)
        return np.hypot(*(here - np.array(self.places[call.number])).T) * MINUTES_A_STEP


@st.composite
def scenes(draw, waiting=1, most_units=8):
    """`waiting` calls without a unit (or a range of how many); the rest of the calls have one on its way."""
    fewest, most = waiting if isinstance(waiting, tuple) else (waiting, waiting)
    units = draw(st.lists(PLACES, min_size=1, max_size=most_units))
    going = draw(st.integers(0, len(units)))
    count = going + draw(st.integers(fewest, most))
    places = [draw(PLACES) for _ in range(count)]
    calls = [
        Call(number, draw(st.floats(0, 60)), draw(st.sampled_from(PRIORITIES)), draw(st.booleans()))
        for number in range(count)
    ]
    remaining = [draw(st.floats(0, 30)) for _ in range(going)]
    en_route = [EnRoute(unit, calls[unit], remaining[unit]) for unit in range(going)]
    return Scene(units, calls, places, list(range(going, len(units))), en_route, calls[going:])
