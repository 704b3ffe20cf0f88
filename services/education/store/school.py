"""Schools."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Date, Integer, RowMapping, Table, Text, select, text

from chassis.paging import page
from chassis.work import Work
from contracts.education import Level, ListSchools, Ownership

from ..domain.school import School
from .columns import from_point, locked, metadata, point, to_point

KIND = "npsn"
"""The row scope of a school's people."""

school = Table(
    "school",
    metadata,
    Column("npsn", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("ownership", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    Column("address", Text, nullable=False),
    *point(),
    Column("closed_on", Date),
    Column("merged_into", Text),
    Column("pupils_version", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)


def put(work: Work, new: School, known: bool) -> None:
    """Store a new school, or one that was loaded with a lock."""
    values = {
        "name": new.name,
        "level": new.level,
        "ownership": new.ownership,
        "kecamatan_code": new.kecamatan_code,
        "address": new.address,
        **from_point(new.location),
        "closed_on": new.closed_on,
        "merged_into": new.merged_into,
        "pupils_version": new.pupils_version,
        "version": new.version,
    }
    if known:
        work.update(school, {"npsn": new.npsn}, **values)
    else:
        work.insert(school, npsn=new.npsn, **values)


def get(work: Work, npsn: str, *, lock: bool = False) -> School | None:
    """One school."""
    return some(work, [npsn], lock=lock).get(npsn)


def some(work: Work, npsns: Collection[str], *, lock: bool = False) -> dict[str, School]:
    """Several schools, in the order of their numbers."""
    statement = select(school).where(school.c.npsn.in_(npsns)).order_by(school.c.npsn)
    return {row["npsn"]: _entity(row) for row in work.read(locked(statement, lock)).mappings()}


def pages(work: Work, query: ListSchools) -> tuple[list[School], str | None]:
    """By number; only those that the caller may see."""
    statement = select(school)
    if KIND in work.actor.rows:
        statement = statement.where(school.c.npsn.in_(work.actor.rows[KIND]))
    for name in ("level", "ownership", "kecamatan_code"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(school.c[name] == value)
    rows, cursor = page(work, statement, query, school.c.npsn)
    return [_entity(row) for row in rows], cursor


_COUNT = text(
    "SELECT grade, count(*) FROM enrolment WHERE npsn = :npsn AND to_on IS NULL GROUP BY grade ORDER BY grade"
)


def pupils_by_grade(work: Work, npsn: str) -> dict[int, int]:
    """How many are enrolled."""
    return {row["grade"]: row["count"] for row in work.read(_COUNT, {"npsn": npsn}).mappings()}


def changed_pupils(work: Work, npsns: Collection[str]) -> None:
    """Who is enrolled has changed: previews of before don't hold any more."""
    changed = school.update().where(school.c.npsn.in_(npsns))
    work.read(changed.values(pupils_version=school.c.pupils_version + 1))


def _entity(row: RowMapping) -> School:
    return School(
        row["npsn"],
        row["name"],
        Level(row["level"]),
        Ownership(row["ownership"]),
        row["kecamatan_code"],
        row["address"],
        to_point(row),
        row["closed_on"],
        row["merged_into"],
        row["pupils_version"],
        row["version"],
    )
