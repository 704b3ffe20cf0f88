"""Bookings: asked for by a relative, an officer or a facility; drafts that the family completes; what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chassis.work import Work
from contracts.hearse.requests.booking import GetBooking, ListBookings, RequestBooking, SubmitDraft
from contracts.hearse.requests.given import DeceasedGiven, DestinationGiven, PlaceGiven, ReporterGiven
from contracts.hearse.values import DestinationKind, Origin
from contracts.hearse.views import BookingPage, BookingView, PossibleDuplicate
from contracts.problems import Forbidden, wrong_field

from .. import store
from ..domain import death
from ..domain.booking import Booking
from ..domain.document import Asked, asked
from ..domain.people import Deceased, Reporter
from ..domain.place import Destination, Place
from ..domain.trip import Trip
from . import clocks, facilities, find, twice
from .views import booking_view

NAMED = "send the id of one of hearse.list_burial_places"


def request_booking(work: Work, request: RequestBooking) -> BookingView:
    """A new booking; who asks is known by their rows."""
    booking, events = Booking.request(
        work.new_id(),
        _origin(work, request.pickup),
        _reporter(request.reporter),
        _deceased(work, request.deceased),
        _place(work, "pickup", request.pickup),
        _destination(work, request.destination),
        request.earliest_at,
        work.now,
        request.note,
    )
    store.booking.add(work, booking)
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, state=booking.state, origin=booking.origin)
    clocks.requested(work, booking)
    twice.compare(work, booking)
    return booking_view(booking, None, _same(work, booking), papers(work, booking))


def submit_draft(work: Work, request: SubmitDraft) -> BookingView:
    """The family's word on a draft."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    told = _deceased(work, request.deceased) if request.deceased else booking.deceased
    key = told.person_key or booking.deceased.person_key
    events = booking.submit(
        _reporter(request.reporter),
        Deceased(
            told.name,
            told.nik or booking.deceased.nik,
            told.family_card_number,
            told.died_at or booking.deceased.died_at,
            key,
            told.household_key,
            told.name_key,
        ),
        _place(work, "pickup", request.pickup) if request.pickup else booking.pickup,
        _destination(work, request.destination),
        request.earliest_at,
        work.now,
        request.note,
    )
    store.booking.save_submitted(work, booking)
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, state=booking.state)
    clocks.requested(work, booking)
    clocks.answered(work, booking)
    twice.compare(work, booking)
    return booking_view(booking, None, _same(work, booking), papers(work, booking))


def get_booking(work: Work, query: GetBooking) -> BookingView:
    """Show one booking."""
    booking = find.booking(work, query.booking_id)
    return show(work, booking)


def list_bookings(work: Work, query: ListBookings) -> BookingPage:
    """Newest first, masked."""
    bookings, cursor = store.booking.pages(work, query)
    ids = [booking.id for booking in bookings]
    trips, same = store.trip.shown(work, ids), store.duplicates.linked(work, ids)
    items = (booking_view(one, trips.get(one.id), same.get(one.id, ()), masked=True) for one in bookings)
    return BookingPage(items=tuple(items), next=cursor)


def show(work: Work, booking: Booking) -> BookingView:
    """One booking as it is now."""
    return later(work, booking)(store.trip.shown(work, [booking.id]).get(booking.id))


def later(work: Work, booking: Booking) -> Callable[[Trip | None], BookingView]:
    """Read now what is shown beside the trip, show it later: while vehicles are locked, others wait for them."""
    known, death_record = store.document.both_of(work, booking.id)
    papers_asked = asked(booking, store.configuration.current(work).papers, known)
    duplicates = _same(work, booking)
    return lambda trip: booking_view(booking, trip, duplicates, papers_asked, death_record)


def papers(work: Work, booking: Booking) -> list[Asked]:
    """What its destination asks for, and what has become of it."""
    return asked(booking, store.configuration.current(work).papers, store.document.of(work, booking.id))


def _same(work: Work, booking: Booking) -> Sequence[PossibleDuplicate]:
    return store.duplicates.linked(work, [booking.id]).get(booking.id, [])


def _origin(work: Work, pickup: PlaceGiven) -> Origin:
    if store.booking.CITIZEN in work.actor.rows:
        return Origin.RELATIVE
    theirs = work.actor.rows.get(store.booking.FACILITY)
    if theirs is None:
        return Origin.OFFICER
    if pickup.facility_id not in theirs:
        raise Forbidden(
            "staff of a facility book for those who lie there",
            detail_id="petugas fasilitas memesan untuk jenazah di fasilitasnya",
        )
    return Origin.FACILITY


def _reporter(given: ReporterGiven) -> Reporter:
    return Reporter(given.name.strip(), given.phone, given.relationship)


def _deceased(work: Work, given: DeceasedGiven) -> Deceased:
    keys, card = work.person_keys, given.family_card_number
    if given.died_at is not None and given.died_at > work.now:
        raise wrong_field("deceased.died_at", "in_the_future", "the time lies in the future", "send the time of death")
    return Deceased(
        name=given.name.strip(),
        nik=given.nik,
        family_card_number=card,
        died_at=given.died_at,
        person_key=keys.person_key(given.nik) if given.nik else None,
        household_key=keys.household_key(card) if card else None,
        name_key=keys.name_key(name) if (name := death.comparable(given.name)) else None,
    )


def _place(work: Work, field: str, given: PlaceGiven) -> Place:
    place = Place.of(field, given.location, given.kelurahan_code, given.facility_id, given.address)
    return facilities.located(work, place)


def _destination(work: Work, given: DestinationGiven) -> Destination:
    if given.kind is not DestinationKind.CITY_CEMETERY:
        if given.burial_place_id is not None:
            what = "only a city cemetery is named by its id"
            raise wrong_field("destination.burial_place_id", "unexpected", what, "leave it out, or send another kind")
        return Destination(given.kind, _place(work, "destination", given))
    if given.burial_place_id is None:
        raise wrong_field("destination.burial_place_id", "missing", "a city cemetery is named by its id", NAMED)
    found = store.burial_place.get(work, given.burial_place_id)
    if found is None:
        raise wrong_field("destination.burial_place_id", "unknown", "no such burial place", NAMED)
    place = Place(found.location, found.kelurahan_code, None, (given.address or "").strip() or None)
    return Destination(given.kind, place, found.id)
