"""Attendance lists, one for each session of a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, Integer, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work

from .columns import metadata, moment

attendance = Table(
    "attendance",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("present", JSONB, nullable=False, comment="numbers of seats"),
    moment("typed_at", required=True),
    Column("typed_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
)


def put(work: Work, batch_id: UUID, session: int, present: tuple[int, ...], version: int) -> None:
    """A list, or a newer one."""
    values = {"present": list(present), "typed_at": work.now, "typed_by": work.actor.subject, "version": version}
    work.upsert(attendance, {"batch_id": batch_id, "session": session}, **values)


def get(work: Work, batch_id: UUID, session: int) -> tuple[tuple[int, ...], int]:
    """Who was there, and the list's version; 0: there is none."""
    wanted = select(attendance).where(attendance.c.batch_id == batch_id, attendance.c.session == session)
    row = work.read(wanted).mappings().first()
    return (tuple(row["present"]), row["version"]) if row else ((), 0)


def lists(work: Work, batch_ids: Collection[UUID]) -> dict[UUID, dict[int, frozenset[int]]]:
    """Who was there, by batch and session."""
    found: dict[UUID, dict[int, frozenset[int]]] = {}
    for row in work.read(select(attendance).where(attendance.c.batch_id.in_(batch_ids))).mappings():
        found.setdefault(row["batch_id"], {})[row["session"]] = frozenset(row["present"])
    return found


def counted(lists_of_batch: dict[int, frozenset[int]]) -> Counter[int]:
    """How many sessions each number attended."""
    return Counter(number for present in lists_of_batch.values() for number in present)
