"""Kelurahan polygons, and the locator made of them, kept in memory.

A request must not pay for the map: each process asks at most every few seconds whether it has changed. A call that
comes within these seconds after an import is placed by the map before it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.requests.resources import ListAreas, ListBoundaries
from contracts.ambulance.views import AreaView, BoundaryView

from ..domain.geography import Area, Locator
from .columns import metadata

CHECK_EVERY = timedelta(seconds=5)

area = Table(
    "area",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    Column("kecamatan", Text, nullable=False),
    Column("polygons", JSONB, nullable=False),
)
area_map = Table("area_map", metadata, Column("id", Integer, primary_key=True), Column("edition", Uuid, nullable=False))
"""One row: the edition changes with every import that changed something."""


class MapCache:
    """The locator of this process."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read everything anew at the next look."""
        self._edition: UUID | None = None
        self._checked_at: datetime | None = None
        self._locator: Locator | None = None

    def locator(self, work: Work) -> Locator:
        """The locator as of at most CHECK_EVERY ago."""
        fresh = self._checked_at is not None and abs(work.now - self._checked_at) < CHECK_EVERY
        if self._locator is None or not fresh:
            self._refresh(work)
        assert self._locator is not None
        return self._locator

    def _refresh(self, work: Work) -> None:
        edition = work.read(select(area_map.c.edition)).scalar()
        if self._locator is None or edition != self._edition:
            self._locator, self._edition = Locator(_load(work, select(area)).values()), edition
        self._checked_at = work.now


MAP = MapCache()


def get_many(work: Work, codes: Collection[str]) -> dict[str, Area]:
    """Areas by code."""
    return _load(work, select(area).where(area.c.code.in_(sorted(codes))))


def put(work: Work, changed: Area) -> None:
    """Store an area, new or changed."""
    work.upsert(
        area,
        {"code": changed.code},
        name=changed.name,
        kecamatan_code=changed.kecamatan_code,
        kecamatan=changed.kecamatan,
        polygons=changed.polygons,
    )


def new_edition(work: Work) -> None:
    """Tell every process that the map has changed."""
    work.upsert(area_map, {"id": 1}, edition=work.new_id())


def pages(work: Work, query: ListAreas) -> tuple[tuple[AreaView, ...], str | None]:
    """By code, without the polygons."""
    columns = (area.c.code, area.c.name, area.c.kecamatan_code, area.c.kecamatan)
    rows, cursor = page(work, select(*columns), query, area.c.code)
    return tuple(AreaView(**row) for row in rows), cursor


def boundary_pages(work: Work, query: ListBoundaries) -> tuple[tuple[BoundaryView, ...], str | None]:
    """By code, with the polygons."""
    rows, cursor = page(work, select(area), query, area.c.code)
    return tuple(BoundaryView(**row) for row in rows), cursor


def _load(work: Work, statement: Any) -> dict[str, Area]:
    return {row["code"]: _entity(row) for row in work.read(statement).mappings()}


def _entity(row: RowMapping) -> Area:
    return Area.of(row["code"], row["name"], row["kecamatan_code"], row["kecamatan"], row["polygons"])
