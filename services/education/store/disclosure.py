"""Why somebody saw a pupil's data unmasked; the audit log says who and when."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Table, Text, Uuid

from chassis.encrypted import encrypt
from chassis.work import Work

from .columns import metadata, moment

disclosure = Table(
    "disclosure",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    moment("at", required=True),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False, comment="encrypted"),
)


def add(work: Work, pupil_id: UUID, reason: str) -> None:
    """One more."""
    id = work.new_id()
    sealed = encrypt(work, reason, "disclosure.reason", id)
    work.insert(disclosure, id=id, pupil_id=pupil_id, at=work.now, by=work.actor.subject, reason=sealed)
