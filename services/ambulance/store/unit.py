"""Units with their latest position. The position's columns are written by position.py alone, the others here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Integer, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.question import Question
from chassis.work import Work
from contracts.ambulance.requests.resources import ListUnits
from contracts.ambulance.values import UnitState, UnitType
from contracts.geography import Point

from ..domain.unit import Fix, Standby, Unit
from .columns import Row, from_point, locked, metadata, moment, point, to_point

unit = Table(
    "unit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    *point("base_", required=True),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    *point("standby_"),
    moment("standby_since"),
    *point(),
    moment("located_at"),
    Column("doubted", JSONB, nullable=False, comment="fixes too far off to be believed: [longitude, latitude, at]"),
    Column("version", Integer, nullable=False),
)

_FLEET = Question(select(*(column for column in unit.c if column is not unit.c.doubted)))


def add(work: Work, new: Unit) -> None:
    """Store a new unit."""
    work.insert(unit, id=new.id, doubted=[], **_values(new))


def save(work: Work, changed: Unit) -> None:
    """Store duty and master data of a unit that was loaded with a lock."""
    work.update(unit, {"id": changed.id}, **_values(changed))


def save_doubts(work: Work, of: Unit) -> None:
    """Store the fixes that are not believed yet."""
    work.update(unit, {"id": of.id}, doubted=[[*fix.location.coordinates, fix.at.isoformat()] for fix in of.doubted])


def get(work: Work, unit_id: str, *, lock: bool = False) -> Unit | None:
    """One unit."""
    row = work.read(locked(select(unit).where(unit.c.id == unit_id), lock)).mappings().first()
    return _entity(row) if row else None


def get_many(work: Work, unit_ids: Collection[str]) -> dict[str, Unit]:
    """Several units, locked in the order of their ids."""
    statement = select(unit).where(unit.c.id.in_(sorted(unit_ids))).order_by(unit.c.id)
    return {row["id"]: _entity(row) for row in work.read(locked(statement, True)).mappings()}


def all_units(work: Work) -> list[Unit]:
    """The whole fleet, to choose from; without the fixes that are not believed."""
    return [_entity(row) for row in work.ask(_FLEET)]


def is_base(work: Work, place: Point) -> bool:
    """Whether a unit of the fleet has its base there."""
    there = from_point(place, "base_")
    statement = select(unit.c.id).where(*(unit.c[name] == value for name, value in there.items())).limit(1)
    return work.read(statement).first() is not None


def pages(work: Work, query: ListUnits, unit_ids: Collection[str] | None = None) -> tuple[list[Unit], str | None]:
    """By id; some only, if they are named."""
    statement = select(unit) if unit_ids is None else select(unit).where(unit.c.id.in_(unit_ids))
    rows, cursor = page(work, statement, query, unit.c.id)
    return [_entity(row) for row in rows], cursor


def _values(of: Unit) -> dict[str, Any]:
    return {
        "type": of.type,
        **from_point(of.base, "base_"),
        "state": of.state,
        "reason": of.reason,
        **from_point(of.standby.base if of.standby else None, "standby_"),
        "standby_since": of.standby.since if of.standby else None,
        "version": of.version,
    }


def _entity(row: Row) -> Unit:
    return Unit(
        id=row["id"],
        type=UnitType(row["type"]),
        base=_base(row["base_longitude"], row["base_latitude"]),
        state=UnitState(row["state"]),
        reason=row["reason"],
        standby=_standby(row),
        location=to_point(row),
        located_at=row["located_at"],
        doubted=tuple(_fix(*each) for each in row.get("doubted", ())),
        version=row["version"],
    )


def _standby(row: Row) -> Standby | None:
    if row["standby_since"] is None:
        return None
    return Standby(_base(row["standby_longitude"], row["standby_latitude"]), row["standby_since"])


def _fix(longitude: float, latitude: float, at: str) -> Fix:
    return Fix(Point.model_construct(coordinates=(longitude, latitude)), datetime.fromisoformat(at))


@lru_cache(maxsize=2048)
def _base(longitude: float, latitude: float) -> Point:
    """Bases hardly change, and the whole fleet's are read with each recommendation."""
    return Point.model_construct(type="Point", coordinates=(longitude, latitude))
