"""Papers of bookings, and the deaths that they prove."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, RowMapping, Table, Text, Uuid, select, text

from chassis.encrypted import decrypt, encrypt
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
    reason = encrypt(work, new.reason, "document.reason", booking_id)
    work.upsert(document, key, state=new.state, reason=reason, changed_at=work.now, changed_by=work.actor.subject)


def of(work: Work, booking_id: UUID) -> dict[DocumentKind, Document]:
    """What was said of a booking's papers."""
    rows = work.read(select(document).where(document.c.booking_id == booking_id).order_by(document.c.kind)).mappings()
    return {DocumentKind(row["kind"]): _document(work, booking_id, row) for row in rows}


_TOGETHER = text("""
SELECT paper.kind, paper.state, paper.reason, death.person_key, death.household_key, death.died_on, death.holds,
  death.revision
FROM (SELECT CAST(:id AS uuid) AS id) AS one
LEFT JOIN death_record AS death ON death.booking_id = one.id
LEFT JOIN document AS paper ON paper.booking_id = one.id
ORDER BY paper.kind
""")


def both_of(work: Work, booking_id: UUID) -> tuple[dict[DocumentKind, Document], DeathRecord | None]:
    """What was said of a booking's papers, and the death that was recorded, in one look."""
    rows = work.read(_TOGETHER, {"id": booking_id}).mappings().all()
    papers = {DocumentKind(row["kind"]): _document(work, booking_id, row) for row in rows if row["kind"] is not None}
    first = rows[0]
    return papers, _record(booking_id, first) if first["person_key"] is not None else None


def record_of(work: Work, booking_id: UUID) -> DeathRecord | None:
    """The death that was recorded for a booking."""
    row = work.read(select(death_record).where(death_record.c.booking_id == booking_id)).mappings().first()
    return None if row is None else _record(booking_id, row)


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
        words["letter_number"] = encrypt(work, letter_number, "death_record.letter_number", id)
    if note is not None:
        words["note"] = encrypt(work, note, "death_record.note", id)
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


def _document(work: Work, booking_id: UUID, row: RowMapping) -> Document:
    reason = decrypt(work, row["reason"], "document.reason", booking_id)
    return Document(DocumentKind(row["kind"]), DocumentState(row["state"]), reason)


def _record(booking_id: UUID, row: RowMapping) -> DeathRecord:
    keys = (row["person_key"], row["household_key"])
    return DeathRecord(booking_id, *keys, row["died_on"], row["holds"], row["revision"])
