"""The day's plan: each vehicle's and each officer's, on a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from chassis.privacy import mask_name, mask_phone
from chassis.work import Work
from contracts.files import Pdf
from contracts.hearse.requests.day import GetDayPlan, PrintDayPlan
from contracts.hearse.views import DayBlock, DayPlan, DayTrip, OfficerDay, VehicleDay
from contracts.times import WIB

from .. import store
from ..domain.block import Block
from ..domain.booking import Booking
from ..domain.document import THERE, asked
from ..domain.duty import Officer
from ..domain.place import Place
from ..domain.slots import officer_key, vehicle_key
from ..domain.trip import Trip
from ..domain.window import Window
from . import day_pdf


def get_day_plan(work: Work, query: GetDayPlan) -> DayPlan:
    """What is planned and done on a day."""
    window = day_of(query.day)
    there = store.booking.on_day(work, window)
    trips = store.trip.some(work, [trip_id for _, trip_id in there])
    officers = {one.id: one for one in store.officer.every(work)}
    planned = [(trips[trip_id], _trip(work, booking, trips[trip_id], officers)) for booking, trip_id in there]
    blocks = store.block.within(work, window)
    return DayPlan(
        day=query.day,
        vehicles=_vehicles(work, planned, blocks),
        officers=() if _is_crew(work) else _officers(officers.values(), planned, blocks, window),
    )


def print_day_plan(work: Work, query: PrintDayPlan) -> Pdf:
    """The same on paper."""
    plan = get_day_plan(work, GetDayPlan(day=query.day))
    return Pdf(file_name=f"rencana-{query.day}.pdf", content=day_pdf.printed(plan, work.now))


def day_of(day: date) -> Window:
    """A day in WIB."""
    begins_at = datetime.combine(day, time(), WIB)
    return Window(begins_at, begins_at + timedelta(days=1))


def _is_crew(work: Work) -> bool:
    return store.booking.UNIT in work.actor.rows


def _trip(work: Work, booking: Booking, trip: Trip, officers: dict[str, Officer]) -> DayTrip:
    assert trip.window.ends_at is not None, "a trip has an end"
    known = store.document.of(work, booking.id)
    papers = asked(booking, store.configuration.current(work).papers, known)
    missing = (one.paper.kind for one in papers if not one.paper.optional and one.document.state not in THERE)
    return DayTrip(
        booking_id=booking.id,
        state=booking.state,
        begins_at=trip.window.begins_at,
        pickup_at=trip.pickup_at,
        arrives_at=trip.arrives_at,
        ends_at=trip.window.ends_at,
        vehicle_id=trip.vehicle_id,
        officers=tuple(officers[id].name for id in trip.officer_ids if id in officers),
        **_people(booking),
        pickup=_words(booking.pickup, booking),
        destination=_destination(booking),
        note=booking.note if booking.open else None,
        papers_missing=tuple(map(str, missing)),
    )


def _people(booking: Booking) -> dict[str, str | None]:
    """Whole while somebody still has to drive; masked after it, as everywhere."""
    name, reporter = booking.deceased.name, booking.reporter
    if booking.open:
        return {
            "deceased": name,
            "reporter": reporter.name if reporter else None,
            "phone": reporter.phone if reporter else None,
        }
    return {
        "deceased": mask_name(name) if name else None,
        "reporter": mask_name(reporter.name) if reporter and reporter.name else None,
        "phone": mask_phone(reporter.phone) if reporter else None,
    }


def _words(place: Place, booking: Booking) -> str:
    return (place if booking.open else place.coarse).in_words


def _destination(booking: Booking) -> str:
    to = booking.destination
    if to is None:
        return "-"
    if to.burial_place_id is None:
        return _words(to.place, booking)
    return ", ".join(filter(None, (to.burial_place_id, to.place.address if booking.open else None)))


def _vehicles(work: Work, planned: Sequence[tuple[Trip, DayTrip]], blocks: Sequence[Block]) -> tuple[VehicleDay, ...]:
    return tuple(
        VehicleDay(
            vehicle_id=one.id,
            plate=one.plate,
            trips=tuple(shown for trip, shown in planned if trip.vehicle_id == one.id),
            blocks=_blocks(blocks, vehicle_key(one.id)),
        )
        for one in store.vehicle.every(work)
        if work.actor.may_touch(store.booking.UNIT, one.id)
    )


def _officers(
    officers: Iterable[Officer],
    planned: Sequence[tuple[Trip, DayTrip]],
    blocks: Sequence[Block],
    window: Window,
) -> tuple[OfficerDay, ...]:
    return tuple(
        OfficerDay(
            officer_id=one.id,
            name=one.name,
            duty=tuple(DayBlock(begins_at=duty.begins_at, ends_at=duty.ends_at) for duty in one.duty(window)),
            trips=tuple(shown for trip, shown in planned if one.id in trip.officer_ids),
            blocks=_blocks(blocks, officer_key(one.id)),
        )
        for one in officers
    )


def _blocks(blocks: Iterable[Block], resource: str) -> tuple[DayBlock, ...]:
    theirs = (one.window for one in blocks if one.resource == resource)
    return tuple(DayBlock(begins_at=window.begins_at, ends_at=window.ends_at) for window in theirs)
