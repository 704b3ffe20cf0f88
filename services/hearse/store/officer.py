"""Officers with their shifts. Names are encrypted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, Column, Integer, RowMapping, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.hearse.requests.fleet import ListOfficers
from contracts.times import Weekday

from ..domain.duty import Officer, Shift
from .columns import locked, metadata

FIELD = "officer.name"

officer = Table(
    "officer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, comment="encrypted"),
    Column("drives", Boolean, nullable=False),
    Column("shifts", JSONB, nullable=False, comment="every week, WIB: [{days, begins, ends}]"),
    Column("version", Integer, nullable=False),
)


def put(work: Work, new: Officer, known: bool) -> None:
    """Store a new officer, or one that was loaded with a lock."""
    shifts = [{"days": list(one.days), "begins": one.begins, "ends": one.ends} for one in new.shifts]
    name = work.cipher.encrypt(new.name, field=FIELD, row=new.id)
    values: dict[str, Any] = {"name": name, "drives": new.drives, "shifts": shifts, "version": new.version}
    if known:
        work.update(officer, {"id": new.id}, **values)
    else:
        work.insert(officer, id=new.id, **values)


def some(work: Work, ids: Collection[str], *, lock: bool = False) -> dict[str, Officer]:
    """Several officers, in the order of their ids."""
    statement = select(officer).where(officer.c.id.in_(ids)).order_by(officer.c.id)
    return {row["id"]: _entity(work, row) for row in work.read(locked(statement, lock)).mappings()}


def every(work: Work, *, lock: bool = False) -> list[Officer]:
    """All of them."""
    return [_entity(work, row) for row in work.read(locked(select(officer).order_by(officer.c.id), lock)).mappings()]


def pages(work: Work, query: ListOfficers) -> tuple[list[Officer], str | None]:
    """By id."""
    rows, cursor = page(work, select(officer), query, officer.c.id)
    return [_entity(work, row) for row in rows], cursor


def _entity(work: Work, row: RowMapping) -> Officer:
    shifts = tuple(Shift(tuple(map(Weekday, one["days"])), one["begins"], one["ends"]) for one in row["shifts"])
    name = work.cipher.decrypt(row["name"], field=FIELD, row=row["id"])
    return Officer(row["id"], name, row["drives"], shifts, row["version"])
