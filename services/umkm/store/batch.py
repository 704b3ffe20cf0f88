"""Batches. Whoever changes seats of one holds its lock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import BatchKind, BatchState, ListBatches, SizeClass

from ..domain.batch import Batch, Session
from .columns import locked, metadata, moment

batch = Table(
    "batch",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("kelurahan_code", Text, nullable=False),
    Column("classes", JSONB, nullable=False),
    Column("quota", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    moment("opens_at", required=True),
    moment("closes_at", required=True),
    moment("begins_at", required=True),
    moment("ends_at", required=True),
    Column("priority_hours", Integer, nullable=False),
    Column("sessions", JSONB, nullable=False, comment="[[begins_at, ends_at]] in UTC"),
    Column("sessions_needed", Integer, nullable=False),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
)
_PLAIN: tuple[str, ...] = (
    "kind",
    "state",
    "title",
    "description",
    "venue",
    "kelurahan_code",
    "quota",
    "last_number",
    "opens_at",
)
_PLAIN += ("closes_at", "priority_hours", "sessions_needed", "reason", "version")
COMING = (BatchState.ANNOUNCED, BatchState.OPEN, BatchState.FULL, BatchState.POSTPONED, BatchState.RUNNING)


def put(work: Work, changed: Batch, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values: dict[str, Any] = {name: getattr(changed, name) for name in _PLAIN}
    values |= {
        "classes": list(changed.classes),
        "begins_at": changed.begins_at,
        "ends_at": changed.sessions[-1].ends_at,
        "sessions": [[one.begins_at.isoformat(), one.ends_at.isoformat()] for one in changed.sessions],
    }
    if known:
        work.update(batch, {"id": changed.id}, **values)
    else:
        work.insert(batch, id=changed.id, **values)


def get(work: Work, batch_id: UUID, *, lock: bool = False) -> Batch | None:
    """One."""
    row = work.read(locked(select(batch).where(batch.c.id == batch_id), lock)).mappings().first()
    return _entity(row) if row else None


def hold(work: Work, batch_id: UUID) -> Batch:
    """One that something refers to, locked."""
    found = get(work, batch_id, lock=True)
    assert found is not None, "a foreign key holds it"
    return found


def some(work: Work, ids: Collection[UUID]) -> dict[UUID, Batch]:
    """Several."""
    return {row["id"]: _entity(row) for row in work.read(select(batch).where(batch.c.id.in_(ids))).mappings()}


def pages(work: Work, query: ListBatches) -> tuple[list[Batch], str | None]:
    """In the order of their beginning."""
    wanted = (query.state,) if query.state is not None else COMING
    statement = select(batch).where(batch.c.state.in_(wanted))
    if query.kind is not None:
        statement = statement.where(batch.c.kind == query.kind)
    rows, cursor = page(work, statement, query, batch.c.begins_at, batch.c.id)
    return [_entity(row) for row in rows], cursor


def _entity(row: RowMapping) -> Batch:
    values = {name: row[name] for name in ("id", *_PLAIN)}
    values |= {
        "kind": BatchKind(row["kind"]),
        "state": BatchState(row["state"]),
        "classes": tuple(map(SizeClass, row["classes"])),
        "sessions": tuple(
            Session(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in row["sessions"]
        ),
    }
    return Batch(**values)
