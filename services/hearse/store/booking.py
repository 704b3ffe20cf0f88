"""Bookings. Names, numbers, addresses and what was said are encrypted; keys find the same person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ColumnElement, Index, Integer, Select, Table, Text, Uuid, select, text

from chassis.paging import page
from chassis.work import Work
from contracts.hearse.requests.booking import ListBookings

from ..domain.booking import CLOSED, Booking
from ..domain.window import Window
from . import booking_values as values
from .columns import locked, metadata, moment, point
from .trip import IS_PLANNED, trip

CITIZEN, FACILITY, UNIT = "citizen", "facility", "unit"
"""Row scopes: who booked through the super app, where the deceased lies, and which vehicles a crew drives."""

booking = Table(
    "booking",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("citizen", Text, index=True, comment="who booked through the super app, an opaque id"),
    Column("reporter_name", Text, comment="encrypted"),
    Column("reporter_phone", Text, comment="encrypted"),
    Column("relationship", Text),
    Column("deceased_name", Text, comment="encrypted"),
    Column("deceased_nik", Text, comment="encrypted"),
    Column("deceased_family_card", Text, comment="encrypted"),
    Column("person_key", Text, index=True),
    Column("household_key", Text),
    Column("name_key", Text, index=True),
    moment("died_at"),
    *point("pickup_"),
    Column("pickup_kelurahan_code", Text),
    Column("pickup_facility_id", Text, index=True),
    Column("pickup_address", Text, comment="encrypted"),
    Column("destination_kind", Text),
    *point("destination_"),
    Column("destination_kelurahan_code", Text),
    Column("destination_facility_id", Text),
    Column("destination_address", Text, comment="encrypted"),
    Column("burial_place_id", Text),
    moment("earliest_at"),
    Column("note", Text, comment="encrypted"),
    Column("incident_id", Uuid, index=True),
    Column("patient_id", Uuid),
    Column("confirmation", Integer),
    Column("police_hold", Boolean, nullable=False),
    moment("created_at", required=True),
    moment("requested_at"),
    moment("approved_at"),
    Column("approved_by", Text),
    moment("closed_at"),
    Column("reason", Text),
    Column("reason_note", Text, comment="encrypted"),
    moment("disputed_at"),
    Column("disputed_by", Text),
    Column("dispute_responsible", Text, comment="encrypted"),
    Column("dispute_note", Text, comment="encrypted"),
    moment("unavailable_at"),
    moment("erased_at"),
    Column("version", Integer, nullable=False),
    Index("uq_booking_patient_id_confirmation", "patient_id", "confirmation", unique=True),
    Index("ix_booking_created_at_id", "created_at", "id"),
    Index("ix_booking_died_at", "died_at"),
    Index("ix_booking_not_erased", "closed_at", postgresql_where=text("erased_at IS NULL")),
)
IS_OPEN = booking.c.state.not_in(sorted(CLOSED))


def add(work: Work, new: Booking, citizen: str | None = None) -> None:
    """Store a new booking: of the citizen who asks for it, or of the one who is asked."""
    citizen = work.actor.subject if CITIZEN in work.actor.rows else citizen
    fixed = {"origin": new.origin, "citizen": citizen, "created_at": new.created_at}
    death = {"incident_id": new.incident_id, "patient_id": new.patient_id, "confirmation": new.confirmation}
    work.insert(booking, id=new.id, **fixed, **death, **values.said(work, new), **values.standing(work, new))


def save(work: Work, changed: Booking) -> None:
    """Store what was decided of a booking that was loaded with a lock."""
    work.update(booking, {"id": changed.id}, **values.standing(work, changed))


def save_submitted(work: Work, changed: Booking) -> None:
    """Store what the family told of a draft, too."""
    work.update(booking, {"id": changed.id}, **values.said(work, changed), **values.standing(work, changed))


def get(work: Work, booking_id: UUID, *, lock: bool = False) -> Booking | None:
    """One booking that the actor may see."""
    return next(iter(load(work, locked(select(booking).where(booking.c.id == booking_id, _visible(work)), lock))), None)


def some(work: Work, ids: Collection[UUID], *, lock: bool = False) -> list[Booking]:
    """Several bookings, in the order of their ids."""
    return load(work, locked(select(booking).where(booking.c.id.in_(ids)).order_by(booking.c.id), lock))


def forget_citizen(work: Work, booking_id: UUID) -> None:
    """Nobody in the super app has booked it any more."""
    work.read(booking.update().where(booking.c.id == booking_id).values(citizen=None))


def pages(work: Work, query: ListBookings) -> tuple[list[Booking], str | None]:
    """Newest first; those that the actor may see."""
    statement = select(booking).where(_visible(work))
    if query.state:
        statement = statement.where(booking.c.state == query.state)
    if query.incident_id:
        statement = statement.where(booking.c.incident_id == query.incident_id)
    rows, cursor = page(work, statement, query, booking.c.created_at, booking.c.id, newest_first=True)
    return [values.entity(work, row) for row in rows], cursor


def due_for_erasure(work: Work, ended_before: datetime, limit: int) -> list[Booking]:
    """Closed bookings whose people are not forgotten yet, locked; those that another process works on are left out."""
    statement = select(booking).where(booking.c.closed_at < ended_before, booking.c.erased_at.is_(None))
    return load(work, statement.order_by(booking.c.closed_at).limit(limit).with_for_update(skip_locked=True))


def on_day(work: Work, window: Window) -> list[tuple[Booking, UUID]]:
    """The bookings that the actor may see with the trips that are planned or made in this time."""
    inside = (trip.c.begins_at < window.ends_at) & (trip.c.ends_at > window.begins_at) & IS_PLANNED
    statement = select(booking, trip.c.id.label("trip_id")).join(trip, trip.c.booking_id == booking.c.id)
    statement = statement.where(inside, _visible(work))
    rows = work.read(statement.order_by(trip.c.begins_at, trip.c.id)).mappings()
    return [(values.entity(work, row), row["trip_id"]) for row in rows]


def has_booking_of(work: Work, patient_id: UUID, confirmation: int) -> bool:
    """True if this death already has a booking, whatever message it came by."""
    statement = select(booking.c.id).where(booking.c.patient_id == patient_id, booking.c.confirmation == confirmation)
    return work.read(statement).first() is not None


def bookings_of(work: Work, patient_id: UUID, confirmation: int) -> list[Booking]:
    """Bookings for this death and the ones before it, also ended ones, locked in the order of their ids."""
    of_patient = (booking.c.patient_id == patient_id) & (booking.c.confirmation <= confirmation)
    return load(work, locked(select(booking).where(of_patient).order_by(booking.c.id), True))


def load(work: Work, statement: Select[Any]) -> list[Booking]:
    """The bookings that a query over this table finds."""
    return [values.entity(work, row) for row in work.read(statement).mappings()]


def _visible(work: Work) -> ColumnElement[bool]:
    """Row scope: a citizen sees their own bookings, the staff of a facility those that are fetched there, a crew those
    of its vehicles."""
    condition: ColumnElement[bool] = booking.c.id.is_not(None)
    if CITIZEN in work.actor.rows:
        condition &= booking.c.citizen.in_(work.actor.rows[CITIZEN])
    if FACILITY in work.actor.rows:
        condition &= booking.c.pickup_facility_id.in_(work.actor.rows[FACILITY])
    if UNIT in work.actor.rows:
        theirs = select(trip.c.booking_id).where(trip.c.vehicle_id.in_(work.actor.rows[UNIT]), IS_PLANNED)
        condition &= booking.c.id.in_(theirs)
    return condition
