"""Burial places."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Integer, RowMapping, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work

from ..domain.burial import BurialPlace, Opening
from .columns import from_point, locked, metadata, point, to_point

burial_place = Table(
    "burial_place",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    *point(required=True),
    Column("kelurahan_code", Text, nullable=False),
    Column("openings", JSONB, nullable=False, comment="every day, WIB: [{name, begins, ends}]"),
    Column("notice_minutes", Integer, nullable=False),
    Column("capacity_per_hour", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)


def put(work: Work, new: BurialPlace, known: bool) -> None:
    """Store a new burial place, or one that was loaded with a lock."""
    values = {
        "name": new.name,
        **from_point(new.location),
        "kelurahan_code": new.kelurahan_code,
        "openings": [{"name": one.name, "begins": one.begins, "ends": one.ends} for one in new.openings],
        "notice_minutes": new.notice_minutes,
        "capacity_per_hour": new.capacity_per_hour,
        "version": new.version,
    }
    if known:
        work.update(burial_place, {"id": new.id}, **values)
    else:
        work.insert(burial_place, id=new.id, **values)


def get(work: Work, place_id: str, *, lock: bool = False) -> BurialPlace | None:
    """One place."""
    return some(work, [place_id], lock=lock).get(place_id)


def some(work: Work, ids: Collection[str], *, lock: bool = False) -> dict[str, BurialPlace]:
    """Several places, in the order of their ids."""
    statement = select(burial_place).where(burial_place.c.id.in_(ids)).order_by(burial_place.c.id)
    return {row["id"]: _entity(row) for row in work.read(locked(statement, lock)).mappings()}


def every(work: Work) -> list[BurialPlace]:
    """All of them."""
    return [_entity(row) for row in work.read(select(burial_place).order_by(burial_place.c.id)).mappings()]


def _entity(row: RowMapping) -> BurialPlace:
    location = to_point(row)
    assert location is not None, "the column is NOT NULL"
    return BurialPlace(
        id=row["id"],
        name=row["name"],
        location=location,
        kelurahan_code=row["kelurahan_code"],
        openings=tuple(Opening(one["name"], one["begins"], one["ends"]) for one in row["openings"]),
        notice_minutes=row["notice_minutes"],
        capacity_per_hour=row["capacity_per_hour"],
        version=row["version"],
    )
