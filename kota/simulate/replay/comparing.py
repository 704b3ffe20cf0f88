"""Every policy on every plan, on identical calls; differences are paired and carry 95 % t-intervals.

The pairs are the traces (seeds); of a single trace, its days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kota.errors import OperatorError
from services.ambulance.domain.replay import MEASURES, City, Difference, Measures, Policy, Replayed, Simulation, paired

from .traces import Traced

FEWEST_PAIRS = 2


class Run(NamedTuple):
    """A policy on a plan, through all traces."""

    name: str
    city: City
    replays: tuple[Replayed, ...]


@dataclass(frozen=True)
class Row:
    """The figures of one run; `differences` are to the first row (None for itself, or with fewer than two pairs)."""

    run: Run
    measures: Measures
    differences: dict[str, Difference] | None


def replay(name: str, traced: Traced, policy: Policy) -> Run:
    """A policy through all traces."""
    return Run(name, traced[0][0], tuple(Simulation(city, calls, policy).run() for city, calls in traced))


def compare(replayed: Sequence[Run]) -> list[Row]:
    """The table's rows; the first is the baseline. Raises OperatorError if no call counts."""
    try:
        return list(_rows(replayed))
    except ValueError as error:
        raise OperatorError(f"Nothing to compare: {error}.", "Choose a longer period or less --warm-up.") from None


def _rows(replayed: Sequence[Run]) -> Iterator[Row]:
    baseline = _pairs(replayed[0].replays)
    for number, run in enumerate(replayed):
        differences = _differences(_pairs(run.replays), baseline) if number and len(baseline) >= FEWEST_PAIRS else None
        yield Row(run, _all_together(run.replays), differences)


def _pairs(replays: Sequence[Replayed]) -> list[Measures]:
    if len(replays) >= FEWEST_PAIRS:
        return [one.measures() for one in replays]
    return list(replays[0].by_day().values())


def _differences(ours: Sequence[Measures], theirs: Sequence[Measures]) -> dict[str, Difference]:
    return {
        measure: paired([getattr(one, measure) for one in ours], [getattr(one, measure) for one in theirs])
        for measure in MEASURES
    }


def _all_together(replays: Sequence[Replayed]) -> Measures:
    each = [one.measures() for one in replays]
    calls = np.array([one.calls for one in each])
    means = {name: float(np.average([getattr(one, name) for one in each], weights=calls)) for name in MEASURES}
    return Measures(**means, calls=int(calls.sum()))
