"""One replay: events in the order of time; the policy decides, chance is in the calls.

call -> choose a unit -> call taking, turnout, drive -> on scene -> hospital or free -> queue, take over, park
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from ..rec2 import Array, Call, EnRoute, Plan, Units, on_new_call, on_unit_free, take_overs
from .calls import Calls
from .city import City
from .fleet import NOBODY, Doing, Fleet
from .parking import Parker
from .policies import Policy
from .results import Replayed

CALL, ARRIVAL, FREE = range(3)


class Simulation:
    """Runs a policy through the calls, once."""

    def __init__(self, city: City, calls: Calls, policy: Policy) -> None:
        self.city, self.calls, self.policy = city, calls, policy
        self.fleet = Fleet(city)
        self.parker = Parker(self.fleet, policy, calls.priorities)
        self.response = np.full(len(calls), np.nan)
        self.lost_a_unit = np.zeros(len(calls), dtype=bool)
        self.queue: list[int] = []
        self.now = 0.0
        self._leg = np.zeros(city.units, dtype=np.int64)
        self._events = [(float(at), CALL, number, 0) for number, at in enumerate(calls.at)]
        heapify(self._events)

    def run(self) -> Replayed:
        """Until every call is served and every unit is idle."""
        happens = {CALL: self._called, ARRIVAL: self._arrived, FREE: self._freed}
        while self._events:
            self.now, what, number, leg = heappop(self._events)
            happens[what](number, leg)
        return Replayed(
            policy=self.policy.name,
            response=self.response,
            calls=self.calls,
            lost_a_unit=int(self.lost_a_unit.sum()),
            moves=self.parker.moves,
            moving_minutes=self.parker.minutes,
            units=self.city.units,
        )

    def _called(self, number: int, _: int) -> None:
        idle = self.fleet.idle()
        losses = self.parker.losses(idle, self.now)
        parameters = self.policy.parameters
        self._carry_out(on_new_call(self._call(number), idle, self._going(), self._arrivals, parameters, losses))
        self._look_again()

    def _arrived(self, unit: int, leg: int) -> None:
        if leg != self._leg[unit]:
            return  # the unit was sent elsewhere meanwhile
        number = int(self.fleet.call[unit])
        self.response[number] = self.now - self.calls.at[number]
        self.fleet.doing[unit] = Doing.BUSY
        free_at, node = self._treated(number)
        self.fleet.stand(unit, node, free_at)
        heappush(self._events, (free_at, FREE, unit, 0))

    def _treated(self, number: int) -> tuple[float, int]:
        """When and where the unit is free again."""
        calls, city = self.calls, self.city
        node, leaves = int(calls.node[number]), float(self.now + calls.on_scene[number])
        if not calls.transported[number]:
            return leaves, node
        hospital = int(city.nearest_hospital[node])
        drive = city.minutes[node, hospital] * city.slowness(leaves) * city.without_siren * calls.to_hospital[number]
        return float(leaves + drive + calls.handover[number]), hospital

    def _freed(self, unit: int, _: int) -> None:
        self.fleet.doing[unit], self.fleet.call[unit] = Doing.IDLE, NOBODY
        plan = on_unit_free(unit, self._queue(), self._going(), self._arrivals, self.policy.parameters)
        self._carry_out(plan)
        if not plan.sendings:
            self.parker.park(unit, self.now)
        self._look_again()

    def _look_again(self) -> None:
        for plan in take_overs(self.fleet.idle(), self._going(), self._arrivals, self.policy.parameters):
            self._carry_out(plan)
        self.parker.move_one(self.now)

    def _queue(self) -> list[Call]:
        waiting = [self._call(number) for number in self.queue]
        if not self.policy.oldest_first or not waiting:
            return waiting
        return [min(waiting, key=lambda call: (call.priority.rank, -call.waited))]

    def _carry_out(self, plan: Plan) -> None:
        self.lost_a_unit[list(plan.losers)] = True
        if plan.freed is not None:
            self._take_off(plan.freed)
        for sent in plan.sendings:
            self._send(sent.unit, sent.call)
        sent_to = {sent.call for sent in plan.sendings}
        self.queue = [number for number in self.queue if number not in sent_to]
        self.queue += [number for number in plan.waiting if number not in self.queue]
        if plan.freed is not None:
            self.parker.park(plan.freed, self.now)

    def _take_off(self, unit: int) -> None:
        self.fleet.stand(unit, self.fleet.node(unit, self.now), self.now)
        self.fleet.doing[unit], self.fleet.call[unit] = Doing.IDLE, NOBODY
        self._leg[unit] += 1

    def _send(self, unit: int, number: int) -> None:
        fleet, city, calls = self.fleet, self.city, self.calls
        told = max(self.now, float(calls.at[number]) + city.call_taking)
        node = int(calls.node[number])
        predicted = float(city.minutes[fleet.node(unit, self.now), node]) * city.slowness(self.now)
        departs = fleet.ready(unit, told, self.now)
        fleet.drive(unit, node, departs, predicted, predicted * float(calls.travel[number, unit]), self.now)
        fleet.doing[unit], fleet.call[unit] = Doing.EN_ROUTE, number
        self._leg[unit] += 1
        heappush(self._events, (float(fleet.arrives[unit]), ARRIVAL, unit, int(self._leg[unit])))

    def _call(self, number: int) -> Call:
        waited = self.now - float(self.calls.at[number])
        return Call(number, waited, self.calls.priorities[number], bool(self.lost_a_unit[number]))

    def _going(self) -> list[EnRoute]:
        if not self.policy.swaps:
            return []
        fleet, now = self.fleet, self.now
        units = fleet.en_route().tolist()
        return [EnRoute(unit, self._call(int(fleet.call[unit])), fleet.remaining(unit, now)) for unit in units]

    def _arrivals(self, call: Call, units: Units) -> Array:
        numbers: NDArray[np.int64] = np.asarray(units, dtype=np.int64)
        untold = max(0.0, self.city.call_taking - call.waited)
        return self.fleet.minutes_to(int(self.calls.node[call.number]), numbers, self.now, untold)
