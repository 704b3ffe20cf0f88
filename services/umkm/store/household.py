"""Households with priority, and the waivers that give it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Table, Text, Uuid, or_, select

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListPriorityHouseholds

from ..domain.household import HouseholdWaiver, PriorityHousehold
from .columns import metadata, moment

priority_household = Table(
    "priority_household",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("household_key", Text, nullable=False, unique=True),
    moment("since", required=True),
)
household_waiver = Table(
    "household_waiver",
    metadata,
    Column("waiver_id", Uuid, primary_key=True),
    Column("household_key", Text, nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("ends_on", Date),
)


def add(work: Work, household: PriorityHousehold) -> None:
    """It has priority from now on."""
    work.insert(priority_household, **asdict(household))


def remove(work: Work, household_id: UUID) -> None:
    """It has none any more."""
    work.delete(priority_household, {"id": household_id})


def find(work: Work, household_key: str) -> PriorityHousehold | None:
    """The household, if it has priority."""
    wanted = select(priority_household).where(priority_household.c.household_key == household_key)
    row = work.read(wanted).mappings().first()
    return PriorityHousehold(**row) if row else None


def waiver(work: Work, waiver_id: UUID) -> HouseholdWaiver | None:
    """What was told of one."""
    row = work.read(select(household_waiver).where(household_waiver.c.waiver_id == waiver_id)).mappings().first()
    return HouseholdWaiver(**row) if row else None


def put_waiver(work: Work, told: HouseholdWaiver) -> None:
    """Store what was told of one."""
    values = {name: value for name, value in asdict(told).items() if name != "waiver_id"}
    work.upsert(household_waiver, {"waiver_id": told.waiver_id}, **values)


def has_waiver(work: Work, household_key: str, today: date) -> bool:
    """Whether any of the household's counts today."""
    table = household_waiver
    lasts = or_(table.c.ends_on.is_(None), table.c.ends_on >= today)
    wanted = select(table.c.waiver_id).where(table.c.household_key == household_key, table.c.granted, lasts)
    return work.read(wanted.limit(1)).first() is not None


def pages(work: Work, query: ListPriorityHouseholds) -> tuple[list[Any], str | None]:
    """Newest first."""
    table = priority_household
    return page(work, select(table), query, table.c.since, table.c.id, newest_first=True)
