"""A vehicle breaks down, an officer falls ill: one request proposes, one applies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.hearse.problems import NotAffected
from contracts.hearse.requests.blocks import ApplyMoves, Move, ProposeMoves
from contracts.hearse.values import BookingState
from contracts.hearse.views import MoveList, MovesView
from contracts.problems import InvalidRequest, wrong_field

from .. import store
from ..domain import block as blocks_rules
from ..domain import replanning as rules
from ..domain.absences import Absence, Absences
from ..domain.block import Block
from ..domain.booking import Booking
from ..domain.choice import Chosen
from ..domain.slots import Fleet, vehicle_key
from ..domain.trip import Trip
from ..domain.window import Window
from . import blocks, clocks, planning, situation
from .releasing import release_trip
from .views import block_view, move_view


def propose_moves(work: Work, query: ProposeMoves) -> MoveList:
    """The best that is free for each trip that is affected."""
    blocks.require_known(work, query)
    gone = _gone(work, query)
    trips = _affected(work, gone)
    bookings = {one.id: one for one in store.booking.some(work, [trip.booking_id for trip in trips])}
    return MoveList(items=tuple(map(move_view, _propose(work, gone, trips, bookings))))


def apply_moves(work: Work, request: ApplyMoves) -> MovesView:
    """Everything or nothing: the block, and each trip at its new time."""
    window = _gone(work, request).window
    block = Block(work.new_id(), request.resource, window, request.reason.strip())
    ids = [trip.booking_id for trip in _affected(work, block)]
    bookings = {one.id: one for one in store.booking.some(work, ids, lock=True)}
    take_turn(work, situation.CITY_RESERVE)
    store.vehicle.every(work, lock=True)
    store.officer.every(work, lock=True)
    blocks.require_known(work, request)
    trips = [trip for trip in _affected(work, block) if trip.booking_id in bookings]
    wanted = _moves(request, bookings)
    waiting = [trip.booking_id for trip in trips if not _take_off(work, bookings[trip.booking_id], trip, block, wanted)]
    for trip in store.reservation.trips_within(work, block.resource, window):
        if trip.fetched and not trip.carrying:  # it was on its way back
            store.reservation.leave(work, trip.id, block.resource, window.begins_at)
    blocks.keep(work, block)
    for trip in trips:
        booking = bookings[trip.booking_id]
        if not trip.open and not _move(work, booking, wanted.get(booking.id), request.override_reason):
            waiting.append(booking.id)
    moved = tuple(trip.booking_id for trip in trips if trip.booking_id not in waiting)
    return MovesView(block=block_view(block), moved=moved, waiting=tuple(waiting))


def _gone(work: Work, request: ProposeMoves | ApplyMoves) -> Block:
    begins_at = request.begins_at or work.now
    window = blocks_rules.window(begins_at, request.ends_at, work.now)
    return Block(UUID(int=0), request.resource, window, "")


def _propose(work: Work, gone: Block, trips: Sequence[Trip], bookings: dict[UUID, Booking]) -> list[rules.Proposal]:
    configuration = store.configuration.current(work)
    vehicles = tuple(store.vehicle.every(work))
    affected = [
        rules.Affected(trip, situation.wanted(work, bookings[trip.booking_id], vehicles, configuration))
        for trip in trips
    ]
    last = max([trip.pickup_at for trip in trips], default=work.now)
    span = Window(work.now, last + configuration.horizon + situation.LONGEST)
    freed = [trip.id for trip in trips if not trip.carrying]
    taken = store.reservation.overlapping(work, span, besides=freed)
    others = [one for one in taken if one.resource != gone.resource]
    absences = Absences.of([*others, Absence(gone.resource, gone.window, away=True)])
    fleet = Fleet(vehicles, tuple(store.officer.every(work)), absences, configuration.planning.city_reserve)
    places = {one.wanted.burial_place.id: one.wanted.burial_place for one in affected if one.wanted.burial_place}
    graves = {
        place.id: store.reservation.graves(work, place.id, place.capacity_per_hour, span, freed)
        for place in places.values()
    }
    step = timedelta(minutes=configuration.planning.slot_minutes)
    return rules.propose(affected, fleet, graves, work.now, configuration.horizon, step)


def _affected(work: Work, gone: Block) -> list[Trip]:
    """Trips that need another vehicle or officer; one that has delivered the deceased needs none."""
    trips = store.reservation.trips_within(work, gone.resource, gone.window)
    return [trip for trip in trips if trip.carrying or not trip.fetched]


Moves = dict[UUID, tuple[int, Move]]


def _moves(request: ApplyMoves, bookings: dict[UUID, Booking]) -> Moves:
    strangers = [str(move.booking_id) for move in request.moves if move.booking_id not in bookings]
    if strangers:
        raise NotAffected(bookings=strangers)
    found: Moves = {}
    for index, move in enumerate(request.moves):
        if move.booking_id in found:
            raise wrong_field(f"moves.{index}.booking_id", "twice", "it stands twice in the list", "send each once")
        found[move.booking_id] = (index, move)
    return found


def _take_off(work: Work, booking: Booking, trip: Trip, block: Block, moves: Moves) -> bool:
    """The trip loses what is gone. False: with the deceased in the vehicle, nobody takes over."""
    if trip.carrying:
        return _replace(work, booking, trip, block, moves.get(booking.id))
    release_trip(work, booking, trip, "replanned")
    booking.unschedule()
    return True


def _move(work: Work, booking: Booking, numbered: tuple[int, Move] | None, override_reason: str | None) -> bool:
    if numbered is None or booking.dispute is not None:
        store.booking.save(work, booking)
        clocks.unplanned(work, booking)
        work.audit(booking.id, state=booking.state, waiting=True)
        return False
    index, move = numbered
    chosen = Chosen(move.pickup_at, move.vehicle_id, move.officer_ids, override_reason)
    held = booking.state in (BookingState.DRAFT, BookingState.REQUESTED)
    with _pointing(index):
        if held:
            planning.hold(work, booking, chosen, None)
        else:
            planning.plan(work, booking, chosen, None)
    return True


def _replace(work: Work, booking: Booking, trip: Trip, block: Block, numbered: tuple[int, Move] | None) -> bool:
    """Another vehicle takes over for the rest of the trip, with the same officers."""
    store.reservation.leave(work, trip.id, block.resource, block.window.begins_at)
    if numbered is None or not block.of_vehicle:
        return False
    index, move = numbered
    with _pointing(index):
        situation.require_ready(work, move.vehicle_id, block.resource)
    events, rest = trip.replace_vehicle(move.vehicle_id), rules.rest(trip, work.now)
    store.trip.save(work, trip)
    situation.require_free(work, vehicle_key(move.vehicle_id), rest)
    store.reservation.take(work, [vehicle_key(move.vehicle_id)], rest, trip.id, away=trip.out_of_city)
    booking.touch()
    store.booking.save(work, booking)
    work.emit(trip.id, trip.version, *events)
    work.audit(booking.id, trip_id=str(trip.id), vehicle_id=trip.vehicle_id)
    return True


@contextmanager
def _pointing(index: int) -> Iterator[None]:
    """What is wrong with a move is said of its place in the list."""
    try:
        yield
    except InvalidRequest as error:
        errors = (one.model_copy(update={"pointer": f"/moves/{index}{one.pointer}"}) for one in error.data.errors)
        raise InvalidRequest(errors=tuple(errors)) from None
