"""Bookings in the hearse service's database: the only SQL of this service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, DateTime, Integer, Table, Text, Uuid, select

from chassis.db import new_metadata
from chassis.paging import page
from chassis.work import Work
from contracts.hearse import ListBookings

from .domain import Booking

metadata = new_metadata()
booking = Table(
    "booking",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("incident_id", Uuid, index=True),
    Column("patient_id", Uuid, unique=True),
    Column("pickup_facility_id", Text),
    Column("pickup_kelurahan_code", Text),
    Column("died_at", DateTime(timezone=True)),
    Column("police_hold", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
)


def add(work: Work, new: Booking) -> None:
    """Store a new booking."""
    work.insert(booking, **asdict(new))


def has_booking_of(work: Work, patient_id: UUID) -> bool:
    """True if this deceased already has a booking, whatever message it came by."""
    return work.read(select(booking.c.id).where(booking.c.patient_id == patient_id)).first() is not None


def get(work: Work, booking_id: UUID) -> dict[str, Any] | None:
    """One booking as shown, or None."""
    row = work.read(select(booking).where(booking.c.id == booking_id)).mappings().first()
    return dict(row) if row else None


def pages(work: Work, query: ListBookings) -> tuple[list[Any], str | None]:
    """Newest first."""
    statement = select(booking)
    if query.state:
        statement = statement.where(booking.c.state == query.state)
    if query.incident_id:
        statement = statement.where(booking.c.incident_id == query.incident_id)
    return page(work, statement, query, booking.c.created_at, booking.c.id, newest_first=True)
