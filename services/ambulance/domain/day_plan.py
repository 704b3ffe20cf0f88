"""The day's plan of pick-ups: which unit fetches whom, one after the other.

The earliest first, each by the unit that is free for the whole of it: spare life support for emergencies, then the
shortest empty way from where its trip before ends (from its base otherwise). With some ten pick-ups a day and a dozen
units that is what a dispatcher would do by hand, and can follow. Plain Python; distances in metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from contracts.geography import Point, metres

from .pickups import Span, first_choice
from .unit import Unit


@dataclass(frozen=True, slots=True)
class Trip:
    """A pick-up with the time that it takes; None: it is not known where it begins or ends."""

    incident_id: UUID
    span: Span
    start: Point | None = None
    goal: Point | None = None


@dataclass(slots=True)
class UnitDay:
    """A unit with the trips that it has already."""

    unit: Unit
    trips: list[Trip] = field(default_factory=list)

    def free_for(self, trip: Trip) -> bool:
        """Whether nothing else is planned in that time."""
        return not any(one.span.overlaps(trip.span) for one in self.trips)

    def empty_way(self, trip: Trip) -> float:
        """How far it drives without a patient; 0 where that can't be told."""
        before = [one for one in self.trips if one.span.ends_at <= trip.span.begins_at]
        last = max(before, key=lambda one: one.span.ends_at, default=None)
        origin = (last.goal if last else None) or self.unit.base
        return metres(origin, trip.start) if trip.start else 0.0


def assign(trips: Iterable[Trip], days: Iterable[UnitDay]) -> dict[UUID, str]:
    """Units by incident; who is missing could not be given one. The days are filled with them."""
    by_unit = {one.unit.id: one for one in days}
    found: dict[UUID, str] = {}
    for trip in sorted(trips, key=lambda one: (one.span.begins_at, one.incident_id)):
        unit = _chosen(trip, by_unit)
        if unit is not None:
            by_unit[unit.id].trips.append(trip)
            found[trip.incident_id] = unit.id
    return found


def _chosen(trip: Trip, by_unit: Mapping[str, UnitDay]) -> Unit | None:
    taken = {id for id, day in by_unit.items() if not day.free_for(trip)}
    units = (day.unit for day in by_unit.values())
    return first_choice(units, taken, lambda unit: by_unit[unit.id].empty_way(trip))
