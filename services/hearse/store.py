"""Bookings in the hearse service's database: the only SQL of this service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    select,
    text,
)

from chassis.db import new_metadata
from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.events import PatientDeceasedRetracted
from contracts.hearse import BookingState, ListBookings, PossibleDuplicate, SameReason

from .domain import SAME_TIME, Booking

metadata = new_metadata()
MOST_SIMILAR = 50
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")

booking = Table(
    "booking",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("incident_id", Uuid, index=True),
    Column("patient_id", Uuid),
    Column("pickup_facility_id", Text),
    Column("pickup_kelurahan_code", Text),
    Column("died_at", DateTime(timezone=True)),
    Column("police_hold", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("confirmation", Integer),
    Column("person_key", Text, index=True),
    UniqueConstraint("patient_id", "confirmation"),
)
possible_duplicate = Table(
    "possible_duplicate",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("other_id", Uuid, ForeignKey("booking.id"), primary_key=True, index=True),
    Column("reason", Text, nullable=False),
    Column("noticed_at", DateTime(timezone=True), nullable=False),
)
"""Pairs of bookings that may be for one deceased, the later one first."""

retraction = Table(
    "death_retraction",
    metadata,
    Column("patient_id", Uuid, primary_key=True),
    Column("confirmation", Integer, nullable=False),
    Column("retracted_at", DateTime(timezone=True), nullable=False),
)
"""Deaths that were taken back; the highest confirmation of each patient. It may stand here before the death is told."""


def add(work: Work, new: Booking) -> None:
    """Store a new booking."""
    work.insert(booking, **asdict(new))


def save(work: Work, changed: Booking) -> None:
    """Store the state of a booking that was loaded with a lock."""
    work.update(booking, {"id": changed.id}, state=changed.state, version=changed.version)


def take_turn(work: Work, patient_id: UUID) -> None:
    """One message of a patient at a time: a death and its retraction in the same moment would not see each other."""
    work.read(_TURN, {"what": f"patient {patient_id}"})


def take_turn_to_compare(work: Work) -> None:
    """One draft at a time is compared with the others: two in the same moment would not see each other."""
    work.read(_TURN, {"what": "compare drafts"})


def similar(work: Work, new: Booking) -> list[Booking]:
    """Open bookings that may be for the same deceased, oldest first: of the same person, or of about the same time."""
    about = booking.c.person_key == new.person_key if new.person_key else false()
    if new.died_at is not None:
        about = about | booking.c.died_at.between(new.died_at - SAME_TIME, new.died_at + SAME_TIME)
    statement = select(booking).where(about, booking.c.state != BookingState.CANCELLED, booking.c.id != new.id)
    rows = work.read(statement.order_by(booking.c.created_at, booking.c.id).limit(MOST_SIMILAR)).mappings()
    return [_entity(row) for row in rows]


def link(work: Work, later: Booking, other: Booking, reason: SameReason) -> None:
    """Remember that two bookings may be for one deceased."""
    values = {"reason": reason, "noticed_at": work.now}
    work.insert(possible_duplicate, booking_id=later.id, other_id=other.id, **values)


def linked(work: Work, ids: Sequence[UUID]) -> dict[UUID, list[PossibleDuplicate]]:
    """For each booking the ones, not cancelled, that may be for the same deceased."""
    found: dict[UUID, list[PossibleDuplicate]] = defaultdict(list)
    pair, ends = possible_duplicate.c, (possible_duplicate.c.booking_id, possible_duplicate.c.other_id)
    for mine, other in (ends, ends[::-1]):
        statement = select(mine.label("one"), other.label("another"), pair.reason).join(booking, booking.c.id == other)
        statement = statement.where(mine.in_(ids), booking.c.state != BookingState.CANCELLED)
        for row in work.read(statement.order_by(pair.noticed_at, other)).mappings():
            found[row["one"]].append(PossibleDuplicate(booking_id=row["another"], reason=row["reason"]))
    return found


def _entity(row: RowMapping) -> Booking:
    return Booking(**{**row, "state": BookingState(row["state"])})


def has_booking_of(work: Work, patient_id: UUID, confirmation: int) -> bool:
    """True if this death already has a booking, whatever message it came by."""
    statement = select(booking.c.id).where(booking.c.patient_id == patient_id, booking.c.confirmation == confirmation)
    return work.read(statement).first() is not None


def open_bookings_of(work: Work, patient_id: UUID, confirmation: int) -> list[Booking]:
    """Bookings for this death and the ones before it that are not cancelled, locked."""
    statement = select(booking).where(
        booking.c.patient_id == patient_id,
        booking.c.confirmation <= confirmation,
        booking.c.state != BookingState.CANCELLED,
    )
    rows = work.read(statement.order_by(booking.c.id).with_for_update(key_share=True)).mappings()
    return [_entity(row) for row in rows]


def retracted(work: Work, patient_id: UUID) -> int:
    """The highest confirmation of this patient's death that was taken back; 0 for none."""
    statement = select(retraction.c.confirmation).where(retraction.c.patient_id == patient_id)
    return work.read(statement).scalar() or 0


def note_retraction(work: Work, told: PatientDeceasedRetracted) -> None:
    """Remember that a death was taken back."""
    values = {"confirmation": told.confirmation, "retracted_at": told.retracted_at}
    work.upsert(retraction, {"patient_id": told.patient_id}, **values)


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
