"""Papers of bookings, and the deaths that they prove."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, Uuid, select

from chassis.sealed import seal, unseal
from chassis.work import Work
from contracts.hearse.values import DocumentKind, DocumentState

from ..domain.death_record import DeathRecord
from ..domain.document import Document
from .columns import metadata, moment

document = Table(
    "document",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("reason", Text, comment="encrypted"),
    moment("changed_at", required=True),
    Column("changed_by", Text, nullable=False),
)
death_record = Table(
    "death_record",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("person_key", Text, nullable=False, index=True),
    Column("household_key", Text),
    Column("died_on", Date, nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("letter_number", Text, comment="encrypted"),
    Column("note", Text, comment="encrypted; why it was corrected"),
    moment("changed_at", required=True),
    Column("changed_by", Text, nullable=False),
)


def put(work: Work, booking_id: UUID, new: Document) -> None:
    """Store what was said of a paper; the booking is locked."""
    key = {"booking_id": booking_id, "kind": new.kind}
    reason = seal(work, new.reason, "document.reason", booking_id)
    work.upsert(document, key, state=new.state, reason=reason, changed_at=work.now, changed_by=work.actor.subject)


def of(work: Work, booking_id: UUID) -> dict[DocumentKind, Document]:
    """What was said of a booking's papers."""
    rows = work.read(select(document).where(document.c.booking_id == booking_id).order_by(document.c.kind)).mappings()
    return {
        DocumentKind(row["kind"]): Document(
            DocumentKind(row["kind"]),
            DocumentState(row["state"]),
            unseal(work, row["reason"], "document.reason", booking_id),
        )
        for row in rows
    }


def record_of(work: Work, booking_id: UUID) -> DeathRecord | None:
    """The death that was recorded for a booking."""
    row = work.read(select(death_record).where(death_record.c.booking_id == booking_id)).mappings().first()
    if row is None:
        return None
    return DeathRecord(
        row["booking_id"], row["person_key"], row["household_key"], row["died_on"], row["holds"], row["revision"]
    )


def erase(work: Work, booking_id: UUID) -> None:
    """Forget what was said, and whose death it was; that a letter was verified, and when, stays."""
    work.read(document.update().where(document.c.booking_id == booking_id).values(reason=None))
    forgotten = {"person_key": "", "household_key": None, "letter_number": None, "note": None}
    work.read(death_record.update().where(death_record.c.booking_id == booking_id).values(**forgotten))


def put_record(work: Work, record: DeathRecord, *, letter_number: str | None = None, note: str | None = None) -> None:
    """Store a recorded or corrected death; the booking is locked."""
    id = record.booking_id
    words = {}
    if letter_number is not None:
        words["letter_number"] = seal(work, letter_number, "death_record.letter_number", id)
    if note is not None:
        words["note"] = seal(work, note, "death_record.note", id)
    work.upsert(
        death_record,
        {"booking_id": id},
        person_key=record.person_key,
        household_key=record.household_key,
        died_on=record.died_on,
        holds=record.holds,
        revision=record.revision,
        changed_at=work.now,
        changed_by=work.actor.subject,
        **words,
    )
