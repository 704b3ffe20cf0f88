"""Deaths of people who may own businesses, and the tasks that come of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, RowMapping, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListOwnerDeaths, ListOwnerTasks, OwnerTaskKind, OwnerTaskState

from ..domain.owner_death import OwnerDeath, OwnerTask
from .columns import locked, metadata, moment

owner_death = Table(
    "owner_death",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False, unique=True),
    Column("person_key", Text, nullable=False, index=True),
    Column("died_on", Date, nullable=False),
    moment("marked_at", required=True),
    Column("holds", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
)
owner_task = Table(
    "owner_task",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("business_id", Uuid, nullable=False),
    Column("death_id", Uuid, nullable=False),
    moment("opened_at", required=True),
    moment("finished_at"),
    Column("finished_by", Text),
    Column("note", Text, comment="encrypted"),
    Column("version", Integer, nullable=False),
)


def get(work: Work, booking_id: UUID) -> OwnerDeath | None:
    """The mark of this death."""
    row = work.read(select(owner_death).where(owner_death.c.booking_id == booking_id)).mappings().first()
    return OwnerDeath(**row) if row else None


def of_person(work: Work, person_key: str) -> list[OwnerDeath]:
    """Marks of one person that hold."""
    wanted = select(owner_death).where(owner_death.c.person_key == person_key, owner_death.c.holds)
    return [OwnerDeath(**row) for row in work.read(wanted.order_by(owner_death.c.id)).mappings()]


def deceased(work: Work, person_keys: Collection[str]) -> set[str]:
    """Those of some people of whom a mark holds."""
    wanted = select(owner_death.c.person_key).where(owner_death.c.person_key.in_(person_keys), owner_death.c.holds)
    return set(work.read(wanted).scalars())


def put(work: Work, mark: OwnerDeath) -> None:
    """Store a new or changed mark."""
    work.upsert(owner_death, {"id": mark.id}, **{k: v for k, v in asdict(mark).items() if k != "id"})


def pages(work: Work, query: ListOwnerDeaths) -> tuple[list[Any], str | None]:
    """Newest first."""
    return page(work, select(owner_death), query, owner_death.c.marked_at, owner_death.c.id, newest_first=True)


def put_task(work: Work, changed: OwnerTask) -> None:
    """Store a new or changed task."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["note"] = encrypt(work, changed.note, "owner_task.note", changed.id)
    work.upsert(owner_task, {"id": changed.id}, **values)


def task(work: Work, task_id: UUID) -> OwnerTask | None:
    """One, locked."""
    row = work.read(locked(select(owner_task).where(owner_task.c.id == task_id), True)).mappings().first()
    return _task(work, row) if row else None


def tasks_of(work: Work, death_id: UUID) -> list[OwnerTask]:
    """All of a death, locked."""
    wanted = select(owner_task).where(owner_task.c.death_id == death_id).order_by(owner_task.c.id)
    return [_task(work, row) for row in work.read(locked(wanted, True)).mappings()]


def task_pages(work: Work, query: ListOwnerTasks) -> tuple[list[OwnerTask], str | None]:
    """Oldest first."""
    wanted = select(owner_task).where(owner_task.c.state == query.state)
    rows, cursor = page(work, wanted, query, owner_task.c.opened_at, owner_task.c.id)
    return [_task(work, row) for row in rows], cursor


def _task(work: Work, row: RowMapping) -> OwnerTask:
    note = decrypt(work, row["note"], "owner_task.note", row["id"])
    return OwnerTask(**{**row, "kind": OwnerTaskKind(row["kind"]), "state": OwnerTaskState(row["state"]), "note": note})
