"""The next times at which vehicle, officers and cemetery are free together.

Times are multiples of `slot_minutes` of the hour. For each the nearest vehicle is taken that is free, with the first
driver who is free and on duty, and with the first other officer if two go; so what is found can be confirmed as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .absences import Absences
from .burial import BurialPlace, hour_of
from .duty import Officer
from .journey import Journey
from .vehicle import Vehicle
from .window import Window

VEHICLE, OFFICER, GRAVE = "vehicle:", "officer:", "grave:"


def vehicle_key(vehicle_id: str) -> str:
    """The name under which a vehicle is reserved."""
    return f"{VEHICLE}{vehicle_id}"


def officer_key(officer_id: str) -> str:
    """The name under which an officer is reserved."""
    return f"{OFFICER}{officer_id}"


def grave_key(place_id: str, number: int) -> str:
    """The name under which one of the burials of an hour is reserved."""
    return f"{GRAVE}{place_id}:{number}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time with vehicle and officers, the driver first."""

    pickup_at: datetime
    arrives_at: datetime
    vehicle_id: str
    officer_ids: tuple[str, ...]
    window: Window

    @property
    def burial_hour(self) -> Window:
        """The hour of the cemetery in which it arrives."""
        return hour_of(self.arrives_at)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a trip needs. `journeys` by vehicle, because they may stand at different bases."""

    journeys: dict[str, Journey]
    officers: int
    out_of_city: bool
    burial_place: BurialPlace | None = None


@dataclass(frozen=True, slots=True)
class Fleet:
    """Vehicles and officers, and who is taken when. `graves` are the places of an hour that are taken, by its start."""

    vehicles: tuple[Vehicle, ...]
    officers: tuple[Officer, ...]
    absences: Absences
    city_reserve: int
    graves: dict[datetime, frozenset[int]] = field(default_factory=dict)

    def reserve_broken(self, vehicle_id: str, window: Window) -> bool:
        """True if with this vehicle away too few others would stay in the city at some moment."""
        others = [one for one in self.vehicles if one.id != vehicle_id]
        there = sum(one.in_service for one in others)
        away = self.absences.most_away(window, (vehicle_key(one.id) for one in others if one.in_service))
        return there - away < self.city_reserve

    def burial_refusal(self, place: BurialPlace, at: datetime, now: datetime) -> str | None:
        """Why the cemetery can't bury then, or None."""
        return place.refusal(at, now, len(self.graves.get(hour_of(at).begins_at, ())))

    def free_grave(self, place: BurialPlace, at: datetime) -> int:
        """The first of the hour's places that is not taken; one too many if all are."""
        taken = self.graves.get(hour_of(at).begins_at, frozenset())
        return next(number for number in range(1, place.capacity_per_hour + 2) if number not in taken)


def free_slots(
    wanted: Wanted, fleet: Fleet, now: datetime, not_before: datetime, until: datetime, step: timedelta, limit: int
) -> list[Slot]:
    """The first `limit` times from `not_before` on and before `until`, the earliest first."""
    crew = _crews(fleet, Window(now - timedelta(days=1), until + timedelta(days=2)), wanted.officers)
    vehicles = _by_distance(wanted, fleet)
    found: list[Slot] = []
    for pickup_at in _times(max(not_before, now), until, step):
        slot = _slot_at(wanted, fleet, vehicles, crew, pickup_at, now)
        if slot is not None:
            found.append(slot)
            if len(found) == limit:
                break
    return found


def _by_distance(wanted: Wanted, fleet: Fleet) -> list[Vehicle]:
    ready = [one for one in fleet.vehicles if one.in_service]
    return sorted(ready, key=lambda one: (wanted.journeys[one.id].to_pickup, one.id))


def _times(first: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    hour = first.replace(minute=0, second=0, microsecond=0)
    pickup_at = hour + step * -((hour - first) // step)
    while pickup_at < until:
        yield pickup_at
        pickup_at += step


def slot_at(
    wanted: Wanted,
    fleet: Fleet,
    pickup_at: datetime,
    now: datetime,
    vehicle_id: str | None = None,
    officer_ids: tuple[str, ...] = (),
) -> Slot | None:
    """The slot at this very time, with what is named or, of what is not, as the search would choose; None if there is
    none."""
    vehicles = [one for one in _by_distance(wanted, fleet) if vehicle_id in (None, one.id)]
    span = Window(pickup_at - timedelta(days=1), pickup_at + timedelta(days=2))
    return _slot_at(wanted, fleet, vehicles, _crews(fleet, span, wanted.officers, officer_ids), pickup_at, now)


def _slot_at(
    wanted: Wanted,
    fleet: Fleet,
    vehicles: Sequence[Vehicle],
    crew: Callable[[Window], tuple[str, ...] | None],
    pickup_at: datetime,
    now: datetime,
) -> Slot | None:
    for vehicle in vehicles:
        journey = wanted.journeys[vehicle.id]
        window, arrives_at = journey.window(pickup_at), journey.arrives_at(pickup_at)
        if window.begins_at < now or not fleet.absences.free(vehicle_key(vehicle.id), window):
            continue
        if wanted.burial_place and fleet.burial_refusal(wanted.burial_place, arrives_at, now):
            continue
        if wanted.out_of_city and fleet.reserve_broken(vehicle.id, window):
            continue
        officers = crew(window)
        if officers is not None:
            return Slot(pickup_at, arrives_at, vehicle.id, officers, window)
    return None


def _crews(
    fleet: Fleet, span: Window, needed: int, named: tuple[str, ...] = ()
) -> Callable[[Window], tuple[str, ...] | None]:
    """Who would go: the first driver, then the first others, those who don't drive before those who do."""
    officers = sorted(fleet.officers, key=lambda one: one.id)
    duties: dict[str, list[Window]] = {}

    def duty(officer: Officer) -> list[Window]:
        """Reckoned once, and only if a vehicle is free at all."""
        if officer.id not in duties:
            duties[officer.id] = officer.duty(span)
        return duties[officer.id]

    def ready(window: Window) -> list[Officer]:
        return [
            officer
            for officer in officers
            if fleet.absences.free(officer_key(officer.id), window) and any(one.covers(window) for one in duty(officer))
        ]

    def crew(window: Window) -> tuple[str, ...] | None:
        there = ready(window)
        if named:
            return named if len(named) >= needed and set(named) <= {one.id for one in there} else None
        driver = next((officer for officer in there if officer.drives), None)
        if driver is None or len(there) < needed:
            return None
        others = sorted((one for one in there if one is not driver), key=lambda one: (one.drives, one.id))
        return (driver.id, *(one.id for one in others[: needed - 1]))

    return crew
