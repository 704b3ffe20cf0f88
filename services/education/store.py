"""Death notices in the education service's database: the only SQL of this service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, DateTime, Table, Text, Uuid, select

from chassis.db import new_metadata
from chassis.paging import page
from chassis.work import Work
from contracts.education import ListDeathNotices

from .domain import DeathNotice

metadata = new_metadata()
death_notice = Table(
    "death_notice",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False, unique=True),
    Column("person_key", Text, nullable=False, index=True),
    Column("household_key", Text, index=True),
    Column("died_on", Date, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)


def add(work: Work, notice: DeathNotice) -> None:
    """Store a notice."""
    work.insert(death_notice, **asdict(notice))


def is_known(work: Work, booking_id: UUID) -> bool:
    """True if this death was noted before."""
    return work.read(select(death_notice.c.id).where(death_notice.c.booking_id == booking_id)).first() is not None


def pages(work: Work, query: ListDeathNotices) -> tuple[list[Any], str | None]:
    """Newest first."""
    return page(work, select(death_notice), query, death_notice.c.received_at, death_notice.c.id, newest_first=True)
