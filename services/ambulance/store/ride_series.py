"""Patients who are fetched again and again. To change a series, lock it before its incidents."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, Time, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.pickup_values import SeriesState
from contracts.ambulance.requests.rides import ListRideSeries
from contracts.times import Weekday

from ..domain.place import Place
from ..domain.ride_series import RideSeries
from .columns import Row, from_point, locked, metadata, point, to_point

ride_series = Table(
    "ride_series",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone", Text, nullable=False, comment="encrypted"),
    Column("needs", Text, comment="encrypted"),
    *point(),
    Column("kelurahan_code", Text),
    Column("landmark", Text, comment="encrypted"),
    Column("outside_city", Boolean, nullable=False),
    Column("facility_id", Text, ForeignKey("facility.id"), nullable=False),
    Column("weekdays", ARRAY(Text), nullable=False),
    Column("pickup_time", Time, nullable=False, comment="WIB"),
    Column("return_time", Time, comment="WIB"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("skipped", ARRAY(Date), nullable=False),
    Column("opened_through", Date, comment="until this day pick-ups were asked for"),
    Column("state", Text, nullable=False),
    Column("reason", Text, comment="encrypted"),
    Column("version", Integer, nullable=False),
)


def add(work: Work, new: RideSeries) -> None:
    """Store a new series."""
    work.insert(
        ride_series,
        id=new.id,
        phone=encrypt(work, new.phone, "ride_series.phone", new.id),
        needs=encrypt(work, new.needs, "ride_series.needs", new.id),
        **from_point(new.place.location),
        kelurahan_code=new.place.kelurahan_code,
        landmark=encrypt(work, new.place.landmark, "ride_series.landmark", new.id),
        outside_city=new.place.outside_city,
        facility_id=new.facility_id,
        weekdays=sorted(new.weekdays),
        pickup_time=new.pickup_time,
        return_time=new.return_time,
        begins_on=new.begins_on,
        **_values(work, new),
    )


def save(work: Work, changed: RideSeries) -> None:
    """Store what changed of a series that was loaded with a lock."""
    work.update(ride_series, {"id": changed.id}, **_values(work, changed))


def get(work: Work, series_id: UUID, *, lock: bool = False) -> RideSeries | None:
    """One series."""
    row = work.read(locked(select(ride_series).where(ride_series.c.id == series_id), lock)).mappings().first()
    return _entity(work, row) if row else None


def pages(work: Work, query: ListRideSeries) -> tuple[list[RideSeries], str | None]:
    """Newest first: ids are made in the order of time."""
    statement = select(ride_series)
    if query.state is not None:
        statement = statement.where(ride_series.c.state == query.state)
    rows, cursor = page(work, statement, query, ride_series.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _values(work: Work, of: RideSeries) -> dict[str, Any]:
    return {
        "ends_on": of.ends_on,
        "skipped": sorted(of.skipped),
        "opened_through": of.opened_through,
        "state": of.state,
        "reason": encrypt(work, of.reason, "ride_series.reason", of.id),
        "version": of.version,
    }


def _entity(work: Work, row: Row) -> RideSeries:
    phone = decrypt(work, row["phone"], "ride_series.phone", row["id"])
    landmark = decrypt(work, row["landmark"], "ride_series.landmark", row["id"])
    assert phone is not None and isinstance(row["pickup_time"], time), "the columns are NOT NULL"
    return RideSeries(
        id=row["id"],
        phone=phone,
        place=Place(to_point(row), row["kelurahan_code"], landmark, row["outside_city"]),
        facility_id=row["facility_id"],
        weekdays=frozenset(Weekday(one) for one in row["weekdays"]),
        pickup_time=row["pickup_time"],
        return_time=row["return_time"],
        begins_on=row["begins_on"],
        ends_on=row["ends_on"],
        needs=decrypt(work, row["needs"], "ride_series.needs", row["id"]),
        skipped=frozenset(row["skipped"]),
        opened_through=row["opened_through"],
        state=SeriesState(row["state"]),
        reason=decrypt(work, row["reason"], "ride_series.reason", row["id"]),
        version=row["version"],
    )
