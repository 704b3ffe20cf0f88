"""Priority households in the umkm service's database: the only SQL of this service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, DateTime, Table, Text, Uuid, select

from chassis.db import new_metadata
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListPriorityHouseholds

from .domain import PriorityHousehold

metadata = new_metadata()
priority_household = Table(
    "priority_household",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("household_key", Text, nullable=False, unique=True),
    Column("since", DateTime(timezone=True), nullable=False),
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
