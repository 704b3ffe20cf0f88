"""Where hospitals and puskesmas are, as the ambulance service tells it."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, select

from chassis.work import Work

from ..domain.place import Facility
from .columns import from_point, metadata, point, to_point

facility = Table(
    "facility",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    *point(required=True),
)


def get(work: Work, facility_id: str) -> Facility | None:
    """One of them, if it was told of."""
    row = work.read(select(facility).where(facility.c.id == facility_id)).mappings().first()
    at = to_point(row) if row else None
    return Facility(row["id"], row["name"], at) if row and at else None


def put(work: Work, told: Facility) -> None:
    """Remember the latest."""
    work.upsert(facility, {"id": told.id}, name=told.name, **from_point(told.location))
