"""Vehicles."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Integer, RowMapping, Table, Text, select

from chassis.paging import page
from chassis.work import Work
from contracts.hearse.requests.fleet import ListVehicles
from contracts.hearse.values import VehicleState

from ..domain.vehicle import Vehicle
from .columns import from_point, locked, metadata, point, to_point

vehicle = Table(
    "vehicle",
    metadata,
    Column("id", Text, primary_key=True),
    Column("plate", Text, nullable=False),
    *point("base_", required=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
)


def put(work: Work, new: Vehicle, known: bool) -> None:
    """Store a new vehicle, or one that was loaded with a lock."""
    values = {"plate": new.plate, **from_point(new.base, "base_"), "state": new.state, "version": new.version}
    if known:
        work.update(vehicle, {"id": new.id}, **values)
    else:
        work.insert(vehicle, id=new.id, **values)


def get(work: Work, vehicle_id: str, *, lock: bool = False) -> Vehicle | None:
    """One vehicle."""
    return some(work, [vehicle_id], lock=lock).get(vehicle_id)


def some(work: Work, ids: Collection[str], *, lock: bool = False) -> dict[str, Vehicle]:
    """Several vehicles, in the order of their ids."""
    statement = select(vehicle).where(vehicle.c.id.in_(ids)).order_by(vehicle.c.id)
    return {row["id"]: _entity(row) for row in work.read(locked(statement, lock)).mappings()}


def every(work: Work, *, lock: bool = False) -> list[Vehicle]:
    """The whole fleet."""
    return [_entity(row) for row in work.read(locked(select(vehicle).order_by(vehicle.c.id), lock)).mappings()]


def pages(work: Work, query: ListVehicles) -> tuple[list[Vehicle], str | None]:
    """By id."""
    rows, cursor = page(work, select(vehicle), query, vehicle.c.id)
    return [_entity(row) for row in rows], cursor


def _entity(row: RowMapping) -> Vehicle:
    base = to_point(row, "base_")
    assert base is not None, "the column is NOT NULL"
    return Vehicle(row["id"], row["plate"], base, VehicleState(row["state"]), row["version"])
