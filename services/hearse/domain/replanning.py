"""What becomes of trips whose vehicle or officer is gone: the best that is free for each, all together.

The earliest trip chooses first. Each keeps its time if it can, and its officers if they are not the ones who are gone;
else it gets the next free time. What one is given counts as taken for those after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .absences import Absence
from .burial import hour_of
from .slots import Fleet, Slot, Wanted, free_slots, officer_key, slot_at, vehicle_key
from .trip import Trip
from .window import Window

Graves = dict[str, dict[datetime, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Affected:
    """A trip that loses its vehicle or an officer."""

    trip: Trip
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Proposal:
    """`slot` None: nothing is free within the horizon."""

    affected: Affected
    slot: Slot | None


def propose(
    trips: Sequence[Affected], fleet: Fleet, graves: Graves, now: datetime, horizon: timedelta, step: timedelta
) -> list[Proposal]:
    """`fleet` without what these trips have reserved, and with the vehicle or officer that is gone as taken."""
    proposals = []
    for one in sorted(trips, key=lambda affected: (affected.trip.pickup_at, affected.trip.id)):
        place = one.wanted.burial_place
        here = replace(fleet, graves=graves.get(place.id, {}) if place else {})
        slot = _replacement(one, here, now) if one.trip.carrying else _best(one, here, now, horizon, step)
        proposals.append(Proposal(one, slot))
        if slot is not None:
            fleet = replace(fleet, absences=fleet.absences.with_(_taken(slot, one.wanted.out_of_city)))
            if place is not None:
                hour = hour_of(slot.arrives_at).begins_at
                taken = here.graves.get(hour, frozenset()) | {here.free_grave(place, slot.arrives_at)}
                graves = {**graves, place.id: {**here.graves, hour: taken}}
    return proposals


def _best(one: Affected, fleet: Fleet, now: datetime, horizon: timedelta, step: timedelta) -> Slot | None:
    trip = one.trip
    same = slot_at(one.wanted, fleet, trip.pickup_at, now, None, trip.officer_ids)
    if same is None:
        same = slot_at(one.wanted, fleet, trip.pickup_at, now)
    if same is not None:
        return same
    since = max(trip.pickup_at, now)
    return next(iter(free_slots(one.wanted, fleet, now, since, since + horizon, step, 1)), None)


def _replacement(one: Affected, fleet: Fleet, now: datetime) -> Slot | None:
    """Another vehicle at once for what is left of the trip, with the same officers: they are there."""
    trip = one.trip
    window = rest(trip, now)
    free = [v for v in fleet.vehicles if v.in_service and fleet.absences.free(vehicle_key(v.id), window)]
    nearest = min(free, key=lambda v: (one.wanted.journeys[v.id].to_pickup, v.id), default=None)
    if nearest is None:
        return None
    return Slot(trip.pickup_at, trip.arrives_at, nearest.id, trip.officer_ids, window)


def rest(trip: Trip, now: datetime) -> Window:
    """What is left of a trip that carries the deceased: to its planned end, and never less than from the destination
    back, however late it is."""
    ends_at = trip.window.ends_at
    assert ends_at is not None, "a trip has an end"
    return Window(now, max(ends_at, now + (ends_at - trip.arrives_at)))


def _taken(slot: Slot, away: bool) -> list[Absence]:
    keys = (vehicle_key(slot.vehicle_id), *(officer_key(id) for id in slot.officer_ids))
    return [Absence(key, slot.window, away) for key in keys]
