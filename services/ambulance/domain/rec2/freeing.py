"""B. A unit becomes free: it serves the queue; else it takes over a call that it reaches sooner than the unit on
its way; else it parks where it is needed most (`relocating.where_to_park`). Whoever is idle is looked at again at
each event: units move, and the one that is on its way may be late.

Invariants: a patient never loses by a take-over, which is why it doesn't count as a unit lost; a call that has waited
longer than the cap, and than its own target, goes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .calling import closest
from .lateness import lateness_cost
from .parameters import Parameters
from .proposals import Plan, Reason, Sending
from .situation import Arrivals, Call, EnRoute, Units, may_be_helped


def on_unit_free(
    unit: int, queue: Sequence[Call], en_route: Sequence[EnRoute], arrivals: Arrivals, parameters: Parameters
) -> Plan:
    """The plan for a unit that has just become free; empty if it has to park."""
    if queue:
        call = next_in_queue(unit, queue, arrivals, parameters)
        arrives_in = float(arrivals(call, [unit])[0])
        sent = Sending(unit, call.number, arrives_in, Reason.WAITING, unit, arrives_in)
        return Plan((sent,), waiting=tuple(one.number for one in queue if one is not call))
    return _take_over(unit, en_route, arrivals, parameters)


def take_overs(idle: Units, en_route: Sequence[EnRoute], arrivals: Arrivals, parameters: Parameters) -> Iterator[Plan]:
    """Idle units that would be at a patient sooner than the unit on its way, each at most once."""
    left = [int(unit) for unit in idle]
    for going in en_route:
        if not left:
            return
        soonest = left[closest(left, arrivals(going.call, left))]
        plan = _take_over(soonest, [going], arrivals, parameters)
        if plan.sendings:
            left.remove(soonest)
            yield plan


def next_in_queue(unit: int, queue: Sequence[Call], arrivals: Arrivals, parameters: Parameters) -> Call:
    """Who is served first: whoever waited too long; else of the highest priority the nearest who can still be
    reached in time; else of it the oldest."""
    aged = [call for call in queue if call.waited > max(parameters.queue_age, call.priority.target)]
    if aged:
        return max(aged, key=lambda call: (call.waited, -call.number))
    highest = min(call.priority.rank for call in queue)
    urgent = [call for call in queue if call.priority.rank == highest]
    times = [float(arrivals(call, [unit])[0]) for call in urgent]
    in_time = [
        (time, call.number, call)
        for time, call in zip(times, urgent, strict=True)
        if call.waited + time <= call.priority.target
    ]
    if in_time:
        return min(in_time)[2]
    return max(urgent, key=lambda call: (call.waited, -call.number))


def _take_over(unit: int, en_route: Sequence[EnRoute], arrivals: Arrivals, parameters: Parameters) -> Plan:
    best = Plan()
    for going in (one for one in en_route if may_be_helped(one, parameters)):
        arrives_in = float(arrivals(going.call, [unit])[0])
        responses = going.call.waited + np.array([going.remaining, arrives_in])
        before, after = lateness_cost(responses, going.call.priority, parameters)
        gain = float(before - after)
        if gain > max(parameters.swap_gain, best.gain):
            delay = arrives_in - going.remaining
            sent = Sending(
                unit, going.call.number, arrives_in, Reason.FREED_CLOSER, unit, arrives_in, going.unit, delay
            )
            best = Plan((sent,), freed=going.unit, gain=gain)
    return best
