"""Several calls wait at once: units and calls are matched so that the lateness cost of all together is least.

One priority after the other: what would serve a lower one better never takes a unit from a higher one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .calling import closest
from .lateness import lateness_cost
from .parameters import Parameters
from .proposals import Plan, Reason, Sending
from .situation import Arrivals, Call, Units


def on_several_calls(calls: Sequence[Call], idle: Units, arrivals: Arrivals, parameters: Parameters) -> Plan:
    """Who serves whom. With too few units, calls that have waited too long are served first, then those whose
    callers nobody doubts, then the oldest; the others wait. Invariant: a matching (no unit and no call twice)."""
    left = [int(unit) for unit in idle]
    sendings: list[Sending] = []
    for rank in sorted({call.priority.rank for call in calls}):
        urgent = [call for call in calls if call.priority.rank == rank]
        made = _match(urgent, left, idle, arrivals, parameters)
        sendings += made
        taken = {sent.unit for sent in made}
        left = [unit for unit in left if unit not in taken]
    served = {sent.call for sent in sendings}
    return Plan(tuple(sendings), waiting=tuple(call.number for call in calls if call.number not in served))


def _match(
    calls: Sequence[Call], units: list[int], idle: Units, arrivals: Arrivals, parameters: Parameters
) -> list[Sending]:
    if not units:
        return []
    first = sorted(calls, key=lambda call: (not _aged(call, parameters), call.doubted, -call.waited, call.number))
    chosen = first[: len(units)]
    every = np.array([arrivals(call, idle) for call in chosen])
    column = {int(unit): position for position, unit in enumerate(idle)}
    times = every[:, [column[unit] for unit in units]]
    cost = np.array(
        [lateness_cost(call.waited + row, call.priority, parameters) for call, row in zip(chosen, times, strict=True)]
    )
    rows, columns = linear_sum_assignment(cost)
    sendings = []
    for row, place in zip(rows, columns, strict=True):
        best = closest(idle, every[row])
        nearest, soonest = int(idle[best]), float(every[row, best])
        reason = Reason.CLOSEST if units[place] == nearest else Reason.MATCHED
        sendings.append(Sending(units[place], chosen[row].number, float(times[row, place]), reason, nearest, soonest))
    return sendings


def _aged(call: Call, parameters: Parameters) -> bool:
    return call.waited > max(parameters.queue_age, call.priority.target)
