"""The rails of every decision, on drawn situations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.ambulance.domain.rec2 import (
    FRUGAL,
    Call,
    EnRoute,
    Priority,
    Reason,
    lateness_cost,
    next_in_queue,
    on_new_call,
    on_several_calls,
    on_unit_free,
    take_overs,
)

from .scenes import PRIORITIES, scenes

SWAPPED = {Reason.SWAP, Reason.PREEMPTION}


def plans(scene):
    """All decisions that can be taken in a scene."""
    yield on_new_call(scene.waiting[0], scene.idle, scene.en_route, scene.arrivals, FRUGAL)
    for unit in scene.idle:
        yield on_unit_free(unit, [], scene.en_route, scene.arrivals, FRUGAL)
        yield on_unit_free(unit, scene.waiting, scene.en_route, scene.arrivals, FRUGAL)
    yield on_several_calls(scene.waiting, scene.idle, scene.arrivals, FRUGAL)


@given(scenes(waiting=(1, 4)))
def test_no_unit_is_taken_that_is_nearly_there_and_no_call_loses_twice(scene):
    going = {one.unit: one for one in scene.en_route}
    for plan in plans(scene):
        taken = {sent.unit for sent in plan.sendings if sent.unit in going}
        taken |= {plan.freed} - {None}
        assert all(going[unit].remaining >= 2.0 for unit in taken)
        assert all(not scene.calls[call].reassigned for call in plan.losers)
        helped = {sent.call for sent in plan.sendings if sent.reason is Reason.FREED_CLOSER}
        assert {going[unit].call.number for unit in taken} == set(plan.losers) | helped
        assert not helped & set(plan.losers), "who only gains has lost nothing"


@given(scenes(waiting=(1, 4)))
def test_a_plan_is_a_matching_and_forgets_nobody(scene):
    for plan in plans(scene):
        assert len({sent.unit for sent in plan.sendings}) == len(plan.sendings)
        assert len({sent.call for sent in plan.sendings}) == len(plan.sendings)
        served = {sent.call for sent in plan.sendings} | set(plan.waiting)
        assert set(plan.losers) <= served


@given(scenes())
def test_the_new_call_gets_the_closest_idle_unit_or_by_a_swap_a_closer_one(scene):
    call = scene.waiting[0]
    plan = on_new_call(call, scene.idle, scene.en_route, scene.arrivals, FRUGAL)
    if not scene.idle:
        assert not plan.sendings or plan.sendings[0].reason is Reason.PREEMPTION
        return
    soonest = scene.arrivals(call, scene.idle).min()
    first, *others = plan.sendings
    assert first.call == call.number
    assert first.closest_arrives_in == soonest
    assert first.arrives_in == soonest if first.reason is Reason.CLOSEST else first.arrives_in < soonest
    for sent in others:
        assert sent.reason is Reason.SWAP_REPLACEMENT
        assert sent.delay <= FRUGAL.swap_delay
        assert scene.calls[sent.call].priority.rank >= call.priority.rank


@given(scenes())
def test_a_swap_is_the_best_there_is_by_the_cost_of_both_patients(scene):
    call = scene.waiting[0]
    plan = on_new_call(call, scene.idle, scene.en_route, scene.arrivals, FRUGAL)
    gains = [0.0]
    for going in scene.en_route if scene.idle else []:
        other = going.call
        soonest, later = scene.arrivals(call, scene.idle).min(), scene.arrivals(other, scene.idle).min()
        mine = scene.arrivals(call, [going.unit])[0]
        allowed = not other.reassigned and going.remaining >= 2 and mine < soonest
        if allowed and later - going.remaining <= 6 and other.priority.rank >= call.priority.rank:
            before = cost(call, soonest) + cost(other, going.remaining)
            gains.append(before - cost(call, mine) - cost(other, later))
    best = max(gains)
    assert abs(plan.gain - (best if best > FRUGAL.swap_gain else 0.0)) < 1e-9


def cost(call, minutes):
    """The formula, by hand."""
    step = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731
    over = call.waited + minutes - call.priority.target
    return call.priority.weight * (step(over) + 2 * step(over - 8) + 0.02 * (call.waited + minutes))


@given(st.floats(0, 200), st.floats(0.01, 50), st.sampled_from(PRIORITIES))
def test_later_always_costs_more_and_the_formula_holds(response, more, priority):
    sooner, later = lateness_cost([response, response + more], priority, FRUGAL)
    assert sooner < later
    assert abs(sooner - cost(Call(0, 0.0, priority), response)) < 1e-9


@given(scenes())
def test_nothing_idle_takes_only_from_a_lower_priority_and_that_call_waits(scene):
    call = scene.waiting[0]
    plan = on_new_call(call, [], scene.en_route, scene.arrivals, FRUGAL)
    takeable = [
        one
        for one in scene.en_route
        if one.remaining >= 2 and not one.call.reassigned and one.call.priority.rank > call.priority.rank
    ]
    if not takeable:
        assert (plan.sendings, plan.waiting) == ((), (call.number,))
        return
    (sent,) = plan.sendings
    assert sent.reason is Reason.PREEMPTION
    assert scene.calls[plan.waiting[0]].priority.rank > call.priority.rank


@given(scenes(waiting=0))
def test_a_freed_unit_takes_over_only_if_the_patient_gains(scene):
    for unit in scene.idle:
        plan = on_unit_free(unit, [], scene.en_route, scene.arrivals, FRUGAL)
        for sent in plan.sendings:
            assert sent.delay < 0
            assert plan.freed == sent.replaces


@given(scenes(waiting=0))
def test_of_all_idle_units_each_takes_over_at_most_one_patient_and_is_the_soonest(scene):
    plans = list(take_overs(scene.idle, scene.en_route, scene.arrivals, FRUGAL))
    going = {one.call.number: one for one in scene.en_route}
    sendings = [sent for plan in plans for sent in plan.sendings]
    assert len({sent.unit for sent in sendings}) == len({sent.call for sent in sendings}) == len(sendings)
    left = list(scene.idle)
    for sent in sendings:
        call = scene.calls[sent.call]
        assert sent.arrives_in == scene.arrivals(call, left).min() < going[sent.call].remaining
        left.remove(sent.unit)
    for number, one in going.items():
        if left and one.remaining >= 2 and number not in {sent.call for sent in sendings}:
            soonest = scene.arrivals(one.call, left).min()
            assert cost(one.call, one.remaining) - cost(one.call, soonest) <= FRUGAL.swap_gain + 1e-9


def test_who_has_lost_a_unit_may_still_be_helped_sooner():
    going = EnRoute(0, Call(0, 1.0, reassigned=True), 14.0)

    def arrivals(call, units):
        return np.array([3.0 for _ in units])

    (sent,) = on_unit_free(1, [], [going], arrivals, FRUGAL).sendings
    assert (sent.unit, sent.call, sent.reason, sent.delay) == (1, 0, Reason.FREED_CLOSER, -11.0)
    assert not on_unit_free(1, [], [replace(going, remaining=1.9)], arrivals, FRUGAL).sendings


@given(scenes(waiting=(1, 5)))
def test_the_queue_goes_by_age_cap_priority_and_what_is_still_in_time(scene):
    unit = 0
    chosen = next_in_queue(unit, scene.waiting, scene.arrivals, FRUGAL)
    aged = [call for call in scene.waiting if call.waited > max(30, call.priority.target)]
    if aged:
        assert chosen.waited == max(call.waited for call in aged)
        return
    assert chosen.priority.rank == min(call.priority.rank for call in scene.waiting)
    equals = [call for call in scene.waiting if call.priority.rank == chosen.priority.rank]
    times = {call.number: scene.arrivals(call, [unit])[0] for call in equals}
    in_time = [call for call in equals if call.waited + times[call.number] <= call.priority.target]
    if in_time:
        assert times[chosen.number] == min(times[call.number] for call in in_time)
    else:
        assert chosen.waited == max(call.waited for call in equals)


@given(scenes(waiting=(2, 4)))
def test_of_several_calls_the_higher_priority_is_served_as_if_it_were_alone(scene):
    plan = on_several_calls(scene.waiting, scene.idle, scene.arrivals, FRUGAL)
    highest = min(call.priority.rank for call in scene.waiting)
    alone = [call for call in scene.waiting if call.priority.rank == highest]
    theirs = on_several_calls(alone, scene.idle, scene.arrivals, FRUGAL).sendings
    assert plan.sendings[: len(theirs)] == theirs
    assert len(plan.sendings) == min(len(scene.waiting), len(scene.idle))


def test_two_calls_get_the_units_that_serve_both_best():
    places = {0: 0.0, 1: 4.0}  # units 0 and 1 stand at 1 and -20: the first is closest to both
    stand = [1.0, -20.0]

    def arrivals(call, units):
        return np.array([abs(stand[unit] - places[call.number]) for unit in units])

    calls = [Call(number, 0.0, Priority(target=22.0)) for number in (0, 1)]
    plan = on_several_calls(calls, [0, 1], arrivals, FRUGAL)
    assert {(sent.unit, sent.call, sent.reason) for sent in plan.sendings} == {
        (1, 0, Reason.MATCHED),
        (0, 1, Reason.CLOSEST),
    }


def test_a_swap_by_hand_and_each_guard_of_it():
    """The new call is one minute from a unit on its way to a patient beside whom another one stands idle."""
    other, new = Call(0, 1.0), Call(1, 0.0)
    going = EnRoute(0, other, 8.0)
    times = {(1, 0): 1.0, (1, 1): 14.0, (0, 1): 9.0}

    def arrivals(call, units):
        return np.array([times[call.number, unit] for unit in units])

    plan = on_new_call(new, [1], [going], arrivals, FRUGAL)
    assert [(sent.unit, sent.call, sent.reason) for sent in plan.sendings] == [
        (0, 1, Reason.SWAP),
        (1, 0, Reason.SWAP_REPLACEMENT),
    ]
    assert plan.sendings[0].closest_arrives_in == 14.0
    for guarded in (
        replace(going, remaining=1.9),
        replace(going, remaining=2.9),
        replace(going, call=replace(other, reassigned=True)),
        replace(going, call=replace(other, priority=Priority(rank=-1))),
    ):
        assert on_new_call(new, [1], [guarded], arrivals, FRUGAL).sendings[0].reason is Reason.CLOSEST
