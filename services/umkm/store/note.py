"""What people wrote about an act: why they saw an owner unmasked."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Table, Text, Uuid

from chassis.encrypted import encrypt
from chassis.work import Work

from .columns import metadata, moment

note = Table(
    "note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False, comment="an owner"),
    Column("act", Text, nullable=False),
    moment("at", required=True),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False, comment="encrypted"),
)


def add(work: Work, subject_id: UUID, act: str, text: str | None) -> None:
    """One more, if anything was written."""
    if text is None:
        return
    id = work.new_id()
    sealed = encrypt(work, text, "note.text", id)
    work.insert(note, id=id, subject_id=subject_id, act=act, at=work.now, by=work.actor.subject, text=sealed)
