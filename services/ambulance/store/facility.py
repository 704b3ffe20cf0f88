"""Hospitals and puskesmas."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, Column, Integer, RowMapping, Table, Text, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.requests.resources import ListFacilities
from contracts.ambulance.values import Capability, FacilityState, FacilityType

from ..domain.facility import Facility
from .columns import from_point, locked, metadata, moment, point, to_point

facility = Table(
    "facility",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    *point(required=True),
    Column("kelurahan_code", Text),
    Column("emergency_24h", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("capabilities", ARRAY(Text), nullable=False),
    Column("beds_free", Integer),
    moment("beds_told_at"),
)


def add(work: Work, new: Facility) -> None:
    """Store a new facility."""
    work.insert(facility, id=new.id, **_values(new))


def save(work: Work, changed: Facility) -> None:
    """Store what changed of a facility that was loaded with a lock."""
    work.update(facility, {"id": changed.id}, **_values(changed))


def get(work: Work, facility_id: str, *, lock: bool = False) -> Facility | None:
    """One facility."""
    row = work.read(locked(select(facility).where(facility.c.id == facility_id), lock)).mappings().first()
    return _entity(row) if row else None


def exists(work: Work, facility_id: str) -> bool:
    """True if we know it."""
    return work.read(select(facility.c.id).where(facility.c.id == facility_id)).first() is not None


def get_many(work: Work, facility_ids: Collection[str]) -> dict[str, Facility]:
    """Several facilities, locked in the order of their ids."""
    statement = select(facility).where(facility.c.id.in_(sorted(facility_ids))).order_by(facility.c.id)
    return {row["id"]: _entity(row) for row in work.read(locked(statement, True)).mappings()}


def all_facilities(work: Work) -> list[Facility]:
    """The whole city, to choose from."""
    return [_entity(row) for row in work.read(select(facility)).mappings()]


def pages(work: Work, query: ListFacilities) -> tuple[list[Facility], str | None]:
    """By id."""
    rows, cursor = page(work, select(facility), query, facility.c.id)
    return [_entity(row) for row in rows], cursor


def _values(of: Facility) -> dict[str, Any]:
    return {
        "name": of.name,
        "type": of.type,
        **from_point(of.location),
        "kelurahan_code": of.kelurahan_code,
        "emergency_24h": of.emergency_24h,
        "state": of.state,
        "version": of.version,
        "capabilities": sorted(of.capabilities),
        "beds_free": of.beds_free,
        "beds_told_at": of.beds_told_at,
    }


def _entity(row: RowMapping) -> Facility:
    location = to_point(row)
    assert location is not None, "the column is NOT NULL"
    return Facility(
        id=row["id"],
        name=row["name"],
        type=FacilityType(row["type"]),
        location=location,
        kelurahan_code=row["kelurahan_code"],
        emergency_24h=row["emergency_24h"],
        state=FacilityState(row["state"]),
        version=row["version"],
        capabilities=frozenset(Capability(one) for one in row["capabilities"]),
        beds_free=row["beds_free"],
        beds_told_at=row["beds_told_at"],
    )
