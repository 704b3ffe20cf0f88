"""Death notices in the education service's database: the only SQL of this service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid, select

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListDeathNotices

from ..domain.death_notice import DeathNotice
from .columns import metadata

death_notice = Table(
    "death_notice",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False, unique=True),
    Column("person_key", Text, nullable=False, index=True),
    Column("household_key", Text, index=True),
    Column("died_on", Date, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("corrected_at", DateTime(timezone=True)),
    Column("revision", Integer, nullable=False),
)


def add(work: Work, notice: DeathNotice) -> None:
    """Store a notice."""
    work.insert(death_notice, **asdict(notice))


def save(work: Work, notice: DeathNotice) -> None:
    """Store what a correction changed."""
    work.update(death_notice, {"id": notice.id}, **{k: v for k, v in asdict(notice).items() if k != "id"})


def get(work: Work, booking_id: UUID) -> DeathNotice | None:
    """The notice of this death."""
    row = work.read(select(death_notice).where(death_notice.c.booking_id == booking_id)).mappings().first()
    return DeathNotice(**row) if row else None


def pages(work: Work, query: ListDeathNotices) -> tuple[list[Any], str | None]:
    """Newest first."""
    return page(work, select(death_notice), query, death_notice.c.received_at, death_notice.c.id, newest_first=True)
