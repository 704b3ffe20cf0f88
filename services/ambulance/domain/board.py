"""The situation as the dispatch method sees it: open emergencies, idle units, units on their way.

Only units with life support take part, and only positions that can be believed: a swap on a stale position would be a
guess with a patient. Units and calls are numbered in the order of their ids and ages, because ties go by number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from contracts.ambulance.values import Triage
from contracts.geography import Point

from .eligibility import LIFE_SUPPORT
from .place import Place
from .priorities import TURNOUT_MINUTES, priority_of
from .rec2 import Array, Call, EnRoute, Units
from .recommendation import Limits, idle_for_emergencies, origin, stale
from .standby import Standby
from .travel import TravelTime
from .unit import Unit


@dataclass(frozen=True, slots=True)
class OpenCall:
    """An open emergency; with `unit_id` one that a unit drives to, or will when its crew has turned out (not
    `rolling`). `lost_unit`: one was taken from it before;
    `doubted`: whoever told of it has a nuisance standing."""

    incident_id: UUID
    triage: Triage | None
    opened_at: datetime
    place: Place = field(repr=False)
    lost_unit: bool = False
    doubted: bool = False
    assignment_id: UUID | None = None
    unit_id: str | None = None
    rolling: bool = False


class Board:
    """`calls` come with the point to drive to."""

    def __init__(
        self,
        calls: Sequence[tuple[OpenCall, Point]],
        fleet: Sequence[Unit],
        committed: Collection[str],
        now: datetime,
        travel: TravelTime,
        limits: Limits = Limits(),
    ) -> None:
        self.calls = sorted(calls, key=lambda one: (one[0].opened_at, one[0].incident_id))
        believed = [unit for unit in sorted(fleet, key=lambda unit: unit.id) if not stale(unit, now, limits)]
        idle = [unit for unit in believed if idle_for_emergencies(unit, committed)]
        tracked = {unit.id: unit for unit in believed if unit.type in LIFE_SUPPORT and unit.location is not None}
        going = [call.unit_id for call, _ in self.calls if call.unit_id in tracked]
        self.units = [*idle, *(tracked[unit_id] for unit_id in going if unit_id)]
        self.origins = [origin(unit, now, limits) for unit in self.units]
        self.idle = np.arange(len(idle))
        self.source: str | None = None
        self.now, self._travel = now, travel
        rolling = {call.unit_id for call, _ in self.calls if call.rolling}
        self._at_rest = np.array([unit.id not in rolling for unit in self.units], dtype=bool)
        self._number = {unit.id: number for number, unit in enumerate(self.units)}

    def call(self, number: int) -> Call:
        """An open call in the method's terms."""
        shown, _ = self.calls[number]
        waited = max(0.0, (self.now - shown.opened_at).total_seconds() / 60)
        return Call(number, waited, priority_of(shown.triage), shown.lost_unit, shown.doubted)

    def waiting(self) -> list[Call]:
        """The calls without a unit."""
        return [self.call(number) for number, (shown, _) in enumerate(self.calls) if shown.unit_id is None]

    def en_route(self) -> list[EnRoute]:
        """The units on their way whose position is known."""
        going = [(n, self._number[c.unit_id]) for n, (c, _) in enumerate(self.calls) if c.unit_id in self._number]
        calls = [(unit, self.call(number)) for number, unit in going]
        return [EnRoute(unit, call, float(self.arrivals(call, [unit])[0])) for unit, call in calls]

    def bound(self, standby: Standby) -> NDArray[np.int64]:
        """The bases of the idle units."""
        idle = len(self.idle)
        return standby.bound(self.units[:idle], self.origins[:idle])

    def arrivals(self, call: Call, units: Units) -> Array:
        """Minutes until units would be there; a crew that is not on the road needs its turnout first."""
        numbers = np.asarray(units, dtype=np.int64)
        times = self._travel.to(self.calls[call.number][1], [self.origins[one] for one in numbers.tolist()], self.now)
        self.source = times.source
        minutes: Array = np.array(times.seconds, dtype=float) / 60 + TURNOUT_MINUTES * self._at_rest[numbers]
        return minutes
