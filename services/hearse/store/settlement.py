"""How disputes were settled: who decided, and what, in words; encrypted, and never changed but by erasure."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid

from chassis.encrypted import encrypt
from chassis.work import Work

from .columns import metadata, moment

settlement = Table(
    "dispute_settlement",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, ForeignKey("booking.id"), nullable=False, index=True),
    moment("settled_at", required=True),
    Column("settled_by", Text, nullable=False, comment="who entered it, an opaque id"),
    Column("decided_by", Text, comment="encrypted"),
    Column("note", Text, comment="encrypted"),
)


def add(work: Work, booking_id: UUID, decided_by: str, note: str) -> None:
    """Keep a decision."""
    id = work.new_id()
    work.insert(
        settlement,
        id=id,
        booking_id=booking_id,
        settled_at=work.now,
        settled_by=work.actor.subject,
        decided_by=encrypt(work, decided_by, "dispute_settlement.decided_by", id),
        note=encrypt(work, note, "dispute_settlement.note", id),
    )


def erase(work: Work, booking_id: UUID) -> None:
    """Forget who decided, and what."""
    work.read(settlement.update().where(settlement.c.booking_id == booking_id).values(decided_by=None, note=None))
