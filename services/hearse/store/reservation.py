"""Who is taken when: a vehicle, an officer, one of the burials of an hour. No two of one resource overlap.

The rule is the database's: an exclusion constraint over resource and time. There is no btree_gist everywhere, so the
resource is compared as a range of one text. Handlers lock the resources first, in order, so that the constraint is the
last guard and not the meeting place: two inserts that wait for each other there would end in a deadlock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    RowMapping,
    Table,
    Text,
    Uuid,
    any_,
    func,
    literal,
    or_,
    select,
)

from chassis.work import Work
from contracts.hearse.values import TripState

from ..domain.absences import Absence
from ..domain.slots import GRAVE, VEHICLE, grave_key
from ..domain.trip import Trip
from ..domain.window import Window
from . import trip as trips
from .columns import metadata, moment
from .trip import trip

reservation = Table(
    "reservation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resource", Text(collation="C"), nullable=False, comment="vehicle:id, officer:id or grave:place:number"),
    moment("begins_at", required=True),
    moment("ends_at"),
    Column("away", Boolean, nullable=False, comment="out of the city, or not in service"),
    Column("trip_id", Uuid, ForeignKey("trip.id"), index=True),
    Index("ix_reservation_ends_at", "ends_at"),
)


def take(work: Work, resources: Iterable[str], window: Window, trip_id: UUID, *, away: bool) -> None:
    """Reserve for a trip, in the order of the names."""
    times = {"begins_at": window.begins_at, "ends_at": window.ends_at}
    for resource in sorted(resources):
        work.insert(reservation, id=work.new_id(), resource=resource, **times, away=away, trip_id=trip_id)


def give_back(work: Work, trip_id: UUID) -> None:
    """All that a trip has reserved; sent at once, so that the same time may be taken by what follows."""
    work.delete(reservation, {"trip_id": trip_id})
    work.flush()


def shorten(work: Work, trip_id: UUID, ends_at: datetime) -> None:
    """Vehicle and officers are ready earlier than planned; what would not have begun by then is given back."""
    theirs = (reservation.c.trip_id == trip_id) & ~reservation.c.resource.startswith(GRAVE)
    work.read(reservation.delete().where(theirs, reservation.c.begins_at >= ends_at))
    work.read(reservation.update().where(theirs, reservation.c.ends_at > ends_at).values(ends_at=ends_at))


def overlapping(
    work: Work, window: Window, resources: Collection[str] | None = None, besides: Collection[UUID] = ()
) -> list[Absence]:
    """What is reserved in this time: of these resources, or of all vehicles and officers; without one trip's."""
    condition = _in(window)
    if resources is None:
        condition &= ~reservation.c.resource.startswith(GRAVE)
    else:
        condition &= reservation.c.resource.in_(resources)
    if besides:
        condition &= or_(reservation.c.trip_id.is_(None), reservation.c.trip_id.not_in(besides))
    return [_absence(row) for row in work.read(select(reservation).where(condition)).mappings()]


def leave(work: Work, trip_id: UUID, resource: str, since: datetime) -> None:
    """One vehicle or officer leaves a trip that is under way."""
    theirs = (reservation.c.trip_id == trip_id) & (reservation.c.resource == resource)
    work.read(reservation.delete().where(theirs, reservation.c.begins_at >= since))
    work.read(reservation.update().where(theirs, reservation.c.ends_at > since).values(ends_at=since))


def trips_within(work: Work, resource: str, window: Window) -> list[Trip]:
    """The open trips that have reserved this vehicle or officer in this time, the earliest first; with the one that is
    under way now, also if it should be over."""
    theirs = select(reservation.c.trip_id).where(_in(window), reservation.c.resource == resource)
    condition: ColumnElement[bool] = trip.c.id.in_(theirs)
    if window.begins_at <= work.now:
        id = resource.partition(":")[2]
        with_them = trip.c.vehicle_id == id if resource.startswith(VEHICLE) else literal(id) == any_(trip.c.officer_ids)
        condition |= with_them & (trip.c.state == TripState.UNDER_WAY)
    return trips.of_ids(work, condition)


def bookings_within(work: Work, resources: Collection[str], window: Window, besides: UUID | None = None) -> list[UUID]:
    """The bookings whose trips have reserved any of these resources in this time, the earliest first."""
    condition = _in(window) & reservation.c.resource.in_(resources)
    if besides is not None:
        condition &= reservation.c.trip_id != besides
    statement = select(trip.c.booking_id).join(reservation, reservation.c.trip_id == trip.c.id).where(condition)
    rows = work.read(statement.group_by(trip.c.booking_id).order_by(func.min(trip.c.begins_at)))
    return [row.booking_id for row in rows]


def graves(
    work: Work, place_id: str, capacity: int, window: Window, besides: Collection[UUID] = ()
) -> dict[datetime, frozenset[int]]:
    """Which of the burials of each hour are taken, by its start; without one trip's."""
    names = {grave_key(place_id, number): number for number in range(1, capacity + 1)}
    found: dict[datetime, frozenset[int]] = {}
    for one in overlapping(work, window, names, besides):
        at = one.window.begins_at
        found[at] = found.get(at, frozenset()) | {names[one.resource]}
    return found


def _in(window: Window) -> ColumnElement[bool]:
    later = or_(reservation.c.ends_at > window.begins_at, reservation.c.ends_at.is_(None))
    return later & (reservation.c.begins_at < window.ends_at) if window.ends_at else later


def _absence(row: RowMapping) -> Absence:
    return Absence(row["resource"], Window(row["begins_at"], row["ends_at"]), row["away"])
