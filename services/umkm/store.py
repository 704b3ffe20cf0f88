"""Priority households and deaths of owners in the umkm service's database: the only SQL of this service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid, select

from chassis.db import new_metadata
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListOwnerDeaths, ListPriorityHouseholds

from .domain import OwnerDeath, PriorityHousehold

metadata = new_metadata()
priority_household = Table(
    "priority_household",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("household_key", Text, nullable=False, unique=True),
    Column("since", DateTime(timezone=True), nullable=False),
)

owner_death = Table(
    "owner_death",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False, unique=True),
    Column("person_key", Text, nullable=False, index=True),
    Column("died_on", Date, nullable=False),
    Column("marked_at", DateTime(timezone=True), nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
)


def add(work: Work, household: PriorityHousehold) -> None:
    """Store a household."""
    work.insert(priority_household, **asdict(household))


def is_known(work: Work, household_key: str) -> bool:
    """True if the household has priority already."""
    table = priority_household
    return work.read(select(table.c.id).where(table.c.household_key == household_key)).first() is not None


def pages(work: Work, query: ListPriorityHouseholds) -> tuple[list[Any], str | None]:
    """Newest first."""
    table = priority_household
    return page(work, select(table), query, table.c.since, table.c.id, newest_first=True)


def get_death(work: Work, booking_id: UUID) -> OwnerDeath | None:
    """The mark of this death."""
    row = work.read(select(owner_death).where(owner_death.c.booking_id == booking_id)).mappings().first()
    return OwnerDeath(**row) if row else None


def put_death(work: Work, mark: OwnerDeath) -> None:
    """Store a new or changed mark."""
    work.upsert(owner_death, {"id": mark.id}, **{k: v for k, v in asdict(mark).items() if k != "id"})


def death_pages(work: Work, query: ListOwnerDeaths) -> tuple[list[Any], str | None]:
    """Newest first."""
    return page(work, select(owner_death), query, owner_death.c.marked_at, owner_death.c.id, newest_first=True)
