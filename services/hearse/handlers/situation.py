"""What a plan has to reckon with: vehicles, officers, who is taken, the cemetery, what the city keeps back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.hearse.problems import BurialHourTaken, SlotTaken, VehicleNotInService
from contracts.problems import wrong_field

from .. import store
from ..domain import overrun
from ..domain.absences import Absence, Absences
from ..domain.booking import Booking
from ..domain.burial import BurialPlace
from ..domain.choice import Checked, Chosen, check, known_officers
from ..domain.configuration import Configuration
from ..domain.duty import Officer
from ..domain.journey import journey
from ..domain.place import Destination
from ..domain.slots import Fleet, Slot, Wanted, free_slots, officer_key, slot_at, vehicle_key
from ..domain.trip import Trip
from ..domain.vehicle import Vehicle
from ..domain.window import Window
from . import find
from .views import slot_view

A_DAY, LONGEST = timedelta(days=1), timedelta(days=2)
"""No trip is reckoned longer than this."""
NEXT_SLOTS = 3
CITY_RESERVE = "city reserve"


def free(
    work: Work, booking: Booking, not_before: datetime, until: datetime, limit: int, current: Trip | None
) -> list[Slot]:
    """The next free times of a booking; what its own trip has reserved counts as free. Takes no lock."""
    configuration = store.configuration.current(work)
    vehicles, officers = store.vehicle.every(work), store.officer.every(work)
    needed = wanted(work, booking, vehicles, configuration)
    step = timedelta(minutes=configuration.planning.slot_minutes)
    late = _late(work, configuration, current)
    longest = max((way.length for way in needed.journeys.values()), default=A_DAY)
    found: list[Slot] = []
    while len(found) < limit and not_before < until:  # mostly the first day has enough, and a day is soon read
        day = min(not_before + A_DAY, until)
        span = Window(not_before - longest, day + longest)
        fleet = _fleet(work, booking, vehicles, officers, span, configuration, current, late)
        found += free_slots(needed, fleet, work.now, not_before, day, step, limit - len(found))
        not_before = day
    return found


def claim(work: Work, booking: Booking, chosen: Chosen, current: Trip | None) -> tuple[Slot, Wanted, Fleet]:
    """Lock what is chosen, or the whole fleet if part of it is left to us, and look whether it is free.

    Raises SlotTaken, BurialHourTaken, VehicleNotInService with the next free times, OverrideNeeded, InvalidRequest.
    """
    configuration = store.configuration.current(work)
    if destination(booking).out_of_city:
        take_turn(work, CITY_RESERVE)
    vehicles, officers = _locked(work, chosen)
    if chosen.officer_ids:
        known_officers(chosen.officer_ids, officers)
    needed = wanted(work, booking, vehicles, configuration, lock=True)
    named = _named(chosen, vehicles, needed)
    window = named.window if named else Window(chosen.pickup_at - LONGEST, chosen.pickup_at + LONGEST)
    late = () if named else _late(work, configuration, current)  # who is named goes: a promise is the caller's
    fleet = _seen(work, booking, vehicles, officers, window, configuration, current, late)
    slot = named or slot_at(needed, fleet, chosen.pickup_at, work.now, chosen.vehicle_id, chosen.officer_ids)
    if slot is None:
        _refuse_grave(work, booking, chosen, needed, fleet, current)
        raise _taken(work, booking, chosen, (), current)
    may_override = work.actor.may(find.SUPERVISE)
    checked = check(chosen, slot, needed, fleet, work.now, may_override=may_override)
    vehicle = next(one for one in vehicles if one.id == slot.vehicle_id)
    _refuse(work, booking, chosen, checked, vehicle, current)
    return slot, needed, fleet


def destination(booking: Booking) -> Destination:
    """Where to; known once the family has asked."""
    assert booking.destination is not None, "only requested bookings are planned"
    return booking.destination


def _locked(work: Work, chosen: Chosen) -> tuple[list[Vehicle], list[Officer]]:
    if chosen.vehicle_id is None or not chosen.officer_ids:
        vehicles = store.vehicle.every(work, lock=True)
        if chosen.vehicle_id is not None and chosen.vehicle_id not in {one.id for one in vehicles}:
            raise _unknown_vehicle()
        return vehicles, store.officer.every(work, lock=True)
    named = store.vehicle.some(work, [chosen.vehicle_id], lock=True)
    if not named:
        raise _unknown_vehicle()
    return [*named.values()], [*store.officer.some(work, chosen.officer_ids, lock=True).values()]


def _unknown_vehicle() -> Exception:
    return wrong_field("vehicle_id", "unknown", "no such vehicle", "choose one of hearse.list_vehicles")


def _named(chosen: Chosen, vehicles: list[Vehicle], wanted: Wanted) -> Slot | None:
    """The slot as it was chosen, if nothing was left to us."""
    if chosen.vehicle_id is None or not chosen.officer_ids:
        return None
    way = wanted.journeys[chosen.vehicle_id]
    at = chosen.pickup_at
    return Slot(at, way.arrives_at(at), chosen.vehicle_id, chosen.officer_ids, way.window(at))


def _seen(
    work: Work,
    booking: Booking,
    vehicles: list[Vehicle],
    officers: list[Officer],
    window: Window,
    configuration: Configuration,
    current: Trip | None,
    late: Sequence[Absence],
) -> Fleet:
    """The locked ones and who is taken, read after the locks; with the whole fleet where the reserve counts."""
    if destination(booking).out_of_city:
        return _fleet(work, booking, store.vehicle.every(work), officers, window, configuration, current, late)
    keys = [*(vehicle_key(one.id) for one in vehicles), *(officer_key(one.id) for one in officers)]
    taken = store.reservation.overlapping(work, window, keys, _own(current))
    graves = _graves(work, booking, window, current)
    return Fleet(
        tuple(vehicles), tuple(officers), Absences.of([*taken, *late]), configuration.planning.city_reserve, graves
    )


def _fleet(
    work: Work,
    booking: Booking,
    vehicles: Sequence[Vehicle],
    officers: Sequence[Officer],
    window: Window,
    configuration: Configuration,
    current: Trip | None,
    late: Sequence[Absence],
) -> Fleet:
    taken = store.reservation.overlapping(work, window, besides=_own(current))
    graves = _graves(work, booking, window, current)
    return Fleet(
        tuple(vehicles), tuple(officers), Absences.of([*taken, *late]), configuration.planning.city_reserve, graves
    )


def _late(work: Work, configuration: Configuration, current: Trip | None) -> list[Absence]:
    """Trips that will not be back as planned: nobody is offered their vehicle and officers before they are."""
    found = []
    for trip in store.trip.under_way(work):
        back = overrun.free_again(trip, configuration.planning, work.now)
        assert trip.window.ends_at is not None, "a trip has an end"
        if back > trip.window.ends_at and trip.id not in _own(current):
            keys = (vehicle_key(trip.vehicle_id), *(officer_key(id) for id in trip.officer_ids))
            found += [Absence(key, Window(trip.window.ends_at, back), trip.out_of_city) for key in keys]
    return found


def wanted(
    work: Work,
    booking: Booking,
    vehicles: Sequence[Vehicle],
    configuration: Configuration,
    *,
    lock: bool = False,
) -> Wanted:
    """What a trip of this booking needs of these vehicles."""
    to, planning = destination(booking), configuration.planning
    journeys = {one.id: journey(one.base, booking.pickup.location, to.place.location, planning) for one in vehicles}
    far = any(way.kilometres > planning.second_officer_kilometres for way in journeys.values())
    return Wanted(journeys, 2 if far else 1, to.out_of_city, _place(work, booking, lock))


def _place(work: Work, booking: Booking, lock: bool = False) -> BurialPlace | None:
    place_id = destination(booking).burial_place_id
    return store.burial_place.get(work, place_id, lock=lock) if place_id else None


def _graves(work: Work, booking: Booking, window: Window, current: Trip | None) -> dict[datetime, frozenset[int]]:
    place = _place(work, booking)
    if place is None:
        return {}
    return store.reservation.graves(work, place.id, place.capacity_per_hour, window, _own(current))


def require_ready(work: Work, vehicle_id: str, gone: str) -> None:
    """Raise InvalidRequest or VehicleNotInService unless this vehicle can take over for the one that is gone."""
    vehicle = store.vehicle.get(work, vehicle_id)
    if vehicle is None:
        raise _unknown_vehicle()
    if not vehicle.in_service or vehicle_key(vehicle_id) == gone:
        raise VehicleNotInService(
            f"{vehicle_id} is not in service", detail_id=f"{vehicle_id} tidak beroperasi", next_slots=[]
        )


def require_free(work: Work, resource: str, window: Window) -> None:
    """Raise SlotTaken unless it is free all that time."""
    if store.reservation.overlapping(work, window, [resource]):
        raise SlotTaken(taken=[resource], next_slots=[])


def _own(current: Trip | None) -> tuple[UUID, ...]:
    return () if current is None else (current.id,)


def _refuse(
    work: Work, booking: Booking, chosen: Chosen, checked: Checked, vehicle: Vehicle, current: Trip | None
) -> None:
    slot = checked.slot
    if not vehicle.in_service:
        raise VehicleNotInService(
            f"{slot.vehicle_id} is not in service",
            detail_id=f"{slot.vehicle_id} tidak beroperasi",
            next_slots=_next(work, booking, chosen, current),
        )
    if checked.taken:
        raise _taken(work, booking, chosen, checked.taken, current)
    if checked.burial_refusal:
        raise BurialHourTaken(why=checked.burial_refusal, next_slots=_next(work, booking, chosen, current))


def _refuse_grave(
    work: Work, booking: Booking, chosen: Chosen, wanted: Wanted, fleet: Fleet, current: Trip | None
) -> None:
    """Nothing fits: say so if it is the cemetery that can't bury then, whichever vehicle comes."""
    if wanted.burial_place is None:
        return
    arrivals = [way.arrives_at(chosen.pickup_at) for way in wanted.journeys.values()]
    reasons = [fleet.burial_refusal(wanted.burial_place, at, work.now) for at in arrivals]
    if reasons and all(reasons):
        raise BurialHourTaken(why=reasons[0], next_slots=_next(work, booking, chosen, current))


def _taken(work: Work, booking: Booking, chosen: Chosen, taken: tuple[str, ...], current: Trip | None) -> SlotTaken:
    return SlotTaken(taken=list(taken), next_slots=_next(work, booking, chosen, current))


def _next(work: Work, booking: Booking, chosen: Chosen, current: Trip | None) -> list[dict[str, object]]:
    not_before = max(chosen.pickup_at, work.now)
    until = not_before + store.configuration.current(work).horizon
    slots = free(work, booking, not_before, until, NEXT_SLOTS, current)
    return [slot_view(slot).model_dump(mode="json") for slot in slots]
