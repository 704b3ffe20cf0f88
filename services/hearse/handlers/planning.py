"""Free times shown, held and fixed."""

from __future__ import annotations

from chassis.work import Work
from contracts.base import Event
from contracts.hearse.requests.planning import ConfirmBooking, FindSlots, HoldSlot
from contracts.hearse.values import BookingState
from contracts.hearse.views import BookingView, SlotList
from contracts.problems import wrong_field

from .. import store
from ..domain.booking import BEFORE_TRIP, Booking
from ..domain.choice import Chosen
from ..domain.refusals import wrong_state
from ..domain.slots import Fleet, Slot, Wanted, grave_key, officer_key, vehicle_key
from ..domain.trip import Trip
from . import clocks, find, situation
from .booking import later, show
from .releasing import release_trip
from .timer_kinds import HOLD_ENDED
from .views import slot_view

HOLDABLE = (BookingState.REQUESTED, BookingState.APPROVED)


def find_slots(work: Work, query: FindSlots) -> SlotList:
    """The next free times of a booking."""
    booking = find.booking(work, query.booking_id)
    if booking.state not in BEFORE_TRIP or booking.destination is None or booking.earliest_at is None:
        raise wrong_state("find_slots", booking.state, BEFORE_TRIP - {BookingState.DRAFT})
    not_before = max(query.not_before or booking.earliest_at, booking.earliest_at, work.now)
    until = not_before + store.configuration.current(work).horizon
    current = store.trip.open_of(work, booking.id)
    slots = situation.free(work, booking, not_before, until, query.limit, current)
    return SlotList(items=tuple(map(slot_view, slots)), searched_until=until)


def hold_slot(work: Work, request: HoldSlot) -> BookingView:
    """Keep a time while the family decides; asked for again, it is kept anew."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    booking.require_plannable("hold", HOLDABLE)
    chosen = Chosen(request.pickup_at, request.vehicle_id, request.officer_ids)
    current = store.trip.open_of(work, booking.id)
    hold(work, booking, chosen, current)
    return show(work, booking)


def confirm_booking(work: Work, request: ConfirmBooking) -> BookingView:
    """Fix the time that is held, or another one."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    booking.require_plannable("confirm")
    current = store.trip.open_of(work, booking.id)
    chosen = _chosen(request, current)
    if current is not None and _is(current, chosen):
        _fix(work, booking, current)
        return show(work, booking)
    shown = later(work, booking)
    return shown(plan(work, booking, chosen, current))


def hold(work: Work, booking: Booking, chosen: Chosen, current: Trip | None) -> None:
    """Keep a time for some minutes; what the booking had before is given back. Raises as `situation.claim`."""
    slot, wanted, fleet = situation.claim(work, booking, chosen, current)
    if current is not None:
        release_trip(work, booking, current, "replanned")
    until = work.now + store.configuration.current(work).hold
    kilometres = wanted.journeys[slot.vehicle_id].kilometres
    trip, events = Trip.hold(work.new_id(), booking.id, slot, kilometres, wanted.out_of_city, until)
    work.remind(HOLD_ENDED, trip.id, until, booking=booking.key)
    booking.touch()
    store.booking.save(work, booking)
    _keep(work, trip, events, slot, wanted, fleet)


def _chosen(request: ConfirmBooking, current: Trip | None) -> Chosen:
    if request.pickup_at is not None:
        return Chosen(request.pickup_at, request.vehicle_id, request.officer_ids, request.override_reason)
    if current is None:
        raise wrong_field("pickup_at", "missing", "no time is held", "send pickup_at, or hold a slot first")
    vehicle_id, officers = request.vehicle_id or current.vehicle_id, request.officer_ids or current.officer_ids
    return Chosen(current.pickup_at, vehicle_id, officers, request.override_reason)


def _is(trip: Trip, chosen: Chosen) -> bool:
    return (
        trip.pickup_at == chosen.pickup_at
        and chosen.vehicle_id in (None, trip.vehicle_id)
        and chosen.officer_ids in ((), trip.officer_ids)
    )


def _fix(work: Work, booking: Booking, trip: Trip) -> None:
    """What was held is planned; planned already, nothing changes."""
    events = trip.fix()
    if events:
        clocks.no_longer_waits(work, booking)
        store.trip.save(work, trip)
        _scheduled(work, booking, trip, events)


def plan(work: Work, booking: Booking, chosen: Chosen, current: Trip | None) -> Trip:
    """Fix a time; the new trip. What the booking had before is given back. Raises as `situation.claim`."""
    clocks.no_longer_waits(work, booking)
    slot, wanted, fleet = situation.claim(work, booking, chosen, current)
    if current is not None:
        release_trip(work, booking, current, "replanned")
    kilometres = wanted.journeys[slot.vehicle_id].kilometres
    trip, events = Trip.plan(work.new_id(), booking.id, slot, kilometres, wanted.out_of_city, chosen.override_reason)
    _scheduled(work, booking, trip, events)
    _keep(work, trip, (), slot, wanted, fleet)
    return trip


def _keep(
    work: Work, trip: Trip, events: tuple[Event, ...] | list[Event], slot: Slot, wanted: Wanted, fleet: Fleet
) -> None:
    store.trip.add(work, trip)
    keys = [vehicle_key(slot.vehicle_id), *(officer_key(id) for id in slot.officer_ids)]
    store.reservation.take(work, keys, slot.window, trip.id, away=wanted.out_of_city)
    if wanted.burial_place is not None:
        number = fleet.free_grave(wanted.burial_place, slot.arrives_at)
        key = grave_key(wanted.burial_place.id, number)
        store.reservation.take(work, [key], slot.burial_hour, trip.id, away=False)
    work.emit(trip.id, trip.version, *events)
    work.audit(trip.booking_id, trip_id=str(trip.id), trip=trip.state, vehicle_id=trip.vehicle_id)


def _scheduled(work: Work, booking: Booking, trip: Trip, events: list[Event]) -> None:
    booking.schedule()
    clocks.scheduled(work, booking, trip)
    store.booking.save(work, booking)
    work.forget(HOLD_ENDED, trip.id)
    work.emit(trip.id, trip.version, *events)
    work.audit(booking.id, state=booking.state, trip_id=str(trip.id), overridden=trip.override_reason is not None)
