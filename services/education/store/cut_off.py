"""Until when rosters count: one day for each term."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Date, Integer, SmallInteger, Table, Text, select

from chassis.work import Work

from ..domain.cut_off import CutOff
from .columns import locked, metadata

cut_off = Table(
    "cut_off",
    metadata,
    Column("school_year", Text, primary_key=True),
    Column("term", SmallInteger, primary_key=True),
    Column("last_day", Date, nullable=False),
    Column("version", Integer, nullable=False),
)
CutOffs = dict[tuple[str, int], CutOff]


def some(work: Work, school_years: Collection[str] | None = None, *, lock: bool = False) -> CutOffs:
    """By school year and term; all of them, or those of some years."""
    statement = select(cut_off).order_by(cut_off.c.school_year.desc(), cut_off.c.term.desc())
    if school_years is not None:
        statement = statement.where(cut_off.c.school_year.in_(school_years))
    rows = work.read(locked(statement, lock)).mappings()
    return {(row["school_year"], row["term"]): CutOff(**row) for row in rows}


def put(work: Work, changed: CutOff) -> None:
    """Store it."""
    key = {"school_year": changed.school_year, "term": changed.term}
    work.upsert(cut_off, key, last_day=changed.last_day, version=changed.version)
