"""A. A new call: the closest idle unit, unless a guarded swap serves both patients better together.

Invariants: without a swap the call gets the closest idle unit; with one it gets a unit that is closer still, and
the other patient loses at most `swap_delay` minutes. A swap never takes a unit from a call of a higher priority.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .lateness import lateness_cost
from .parameters import Parameters
from .proposals import Plan, Reason, Sending
from .situation import Array, Arrivals, Call, EnRoute, Units, may_be_taken


def on_new_call(
    call: Call,
    idle: Units,
    en_route: Sequence[EnRoute],
    arrivals: Arrivals,
    parameters: Parameters,
    loss: Array | None = None,
) -> Plan:
    """The plan for one new call. `loss[i]` is the coverage that the city loses with `idle[i]`: it breaks ties."""
    takeable = [going for going in en_route if may_be_taken(going, parameters)]
    if len(idle) == 0:
        return _preempt(call, takeable, arrivals)
    times = arrivals(call, idle)
    best = closest(idle, times, loss)
    first = Sending(
        int(idle[best]), call.number, float(times[best]), Reason.CLOSEST, int(idle[best]), float(times[best])
    )
    swaps = _swaps(call, first, idle, takeable, arrivals, parameters)
    return max(swaps, key=lambda plan: plan.gain, default=Plan((first,)))


def closest(units: Units, times: Array, loss: Array | None = None) -> int:
    """Where in `units` the closest one is; ties go to the least loss of coverage, then to the lowest number."""
    return int(np.lexsort((np.asarray(units), loss if loss is not None else np.zeros(len(times)), times))[0])


def _swaps(
    call: Call, first: Sending, idle: Units, takeable: Sequence[EnRoute], arrivals: Arrivals, parameters: Parameters
) -> Iterable[Plan]:
    allowed = [going for going in takeable if going.call.priority.rank >= call.priority.rank]
    if not allowed:
        return
    times = arrivals(call, [going.unit for going in allowed])
    for going, arrives_in in zip(allowed, times, strict=True):
        if arrives_in < first.arrives_in:
            plan = _swap(call, first, going, float(arrives_in), idle, arrivals, parameters)
            if plan is not None:
                yield plan


def _swap(
    call: Call,
    first: Sending,
    going: EnRoute,
    arrives_in: float,
    idle: Units,
    arrivals: Arrivals,
    parameters: Parameters,
) -> Plan | None:
    other = going.call
    times = arrivals(other, idle)
    best = closest(idle, times)
    replacement, later = int(idle[best]), float(times[best])
    delay = later - going.remaining
    here = lateness_cost([call.waited + first.arrives_in, call.waited + arrives_in], call.priority, parameters)
    there = lateness_cost([other.waited + going.remaining, other.waited + later], other.priority, parameters)
    gain = float(here[0] + there[0] - here[1] - there[1])
    if gain <= parameters.swap_gain or delay > parameters.swap_delay:
        return None
    return Plan(
        (
            Sending(going.unit, call.number, arrives_in, Reason.SWAP, first.unit, first.arrives_in),
            Sending(replacement, other.number, later, Reason.SWAP_REPLACEMENT, replacement, later, going.unit, delay),
        ),
        losers=(other.number,),
        gain=gain,
    )


def _preempt(call: Call, takeable: Sequence[EnRoute], arrivals: Arrivals) -> Plan:
    lower = [going for going in takeable if going.call.priority.rank > call.priority.rank]
    if not lower:
        return Plan(waiting=(call.number,))
    times = arrivals(call, [going.unit for going in lower])
    best = closest([going.unit for going in lower], times)
    sent = Sending(lower[best].unit, call.number, float(times[best]), Reason.PREEMPTION, None, None)
    loser = lower[best].call.number
    return Plan((sent,), waiting=(loser,), losers=(loser,))
