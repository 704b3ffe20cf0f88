"""Owners, found by the key of their NIK. Name, number, telephone and disability are encrypted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, RowMapping, Select, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work
from contracts.identity import Sex

from ..domain.owner import Owner
from .columns import locked, metadata, moment

YES = "yes"
owner = Table(
    "owner",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_key", Text, nullable=False, unique=True),
    Column("household_key", Text),
    Column("citizen", Text, comment="account in the super app"),
    Column("nik", Text, nullable=False, comment="encrypted"),
    Column("name", Text, nullable=False, comment="encrypted"),
    Column("phone", Text, nullable=False, comment="encrypted"),
    Column("disability", Text, comment="encrypted; null: none was told"),
    Column("sex", Text, nullable=False),
    Column("kelurahan_code", Text, nullable=False),
    moment("changed_at", required=True),
    Column("version", Integer, nullable=False),
)
ENCRYPTED = ("nik", "name", "phone")


def put(work: Work, changed: Owner, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    names = ("person_key", "household_key", "citizen", "sex", "kelurahan_code", "version")
    values: dict[str, Any] = {name: getattr(changed, name) for name in names}
    values |= {name: encrypt(work, getattr(changed, name), f"owner.{name}", changed.id) for name in ENCRYPTED}
    values["disability"] = encrypt(work, YES if changed.disability else None, "owner.disability", changed.id)
    values["changed_at"] = work.now
    if known:
        work.update(owner, {"id": changed.id}, **values)
    else:
        work.insert(owner, id=changed.id, **values)


def get(work: Work, owner_id: UUID, *, lock: bool = False) -> Owner | None:
    """One."""
    return _first(work, select(owner).where(owner.c.id == owner_id), lock)


def by_key(work: Work, person_key: str, *, lock: bool = False) -> Owner | None:
    """The one of this NIK."""
    return _first(work, select(owner).where(owner.c.person_key == person_key), lock)


def of_citizen(work: Work, citizen: str) -> Owner | None:
    """The one of this account."""
    return _first(work, select(owner).where(owner.c.citizen == citizen), False)


def some(work: Work, ids: Collection[UUID]) -> dict[UUID, Owner]:
    """Several."""
    rows = work.read(select(owner).where(owner.c.id.in_(ids))).mappings()
    return {row["id"]: _entity(work, row) for row in rows}


def keys(work: Work, ids: Collection[UUID]) -> dict[UUID, str]:
    """By what others may know them; nothing is deciphered."""
    wanted = select(owner.c.id, owner.c.person_key).where(owner.c.id.in_(ids))
    return {row.id: row.person_key for row in work.read(wanted)}


def of_household(work: Work, household_key: str) -> list[Owner]:
    """All of a family."""
    rows = work.read(select(owner).where(owner.c.household_key == household_key).order_by(owner.c.id)).mappings()
    return [_entity(work, row) for row in rows]


def _first(work: Work, statement: Select[Any], lock: bool) -> Owner | None:
    row = work.read(locked(statement, lock)).mappings().first()
    return _entity(work, row) if row else None


def _entity(work: Work, row: RowMapping) -> Owner:
    values = {name: value for name, value in row.items() if name != "changed_at"}
    values |= {name: decrypt(work, row[name], f"owner.{name}", row["id"]) for name in ENCRYPTED}
    values["disability"] = row["disability"] is not None
    return Owner(**{**values, "sex": Sex(row["sex"])})
