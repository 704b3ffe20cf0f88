"""Rules by programme and school year, a row for each version; the database refuses changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, RowMapping, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work
from contracts.education import EvidenceKind, Level, ListRules, Programme

from ..domain.eligibility.rules import Rules
from .columns import metadata, moment

rules = Table(
    "rules",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("school_year", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    moment("made_at", required=True),
    Column("made_by", Text, nullable=False),
)
_CONTENT = ("residency", "partner_school", "grades", "highest_decile", "letter_for_decile", "monthly")


def add(work: Work, new: Rules) -> None:
    """Another version."""
    work.insert(
        rules,
        programme=new.programme,
        school_year=new.school_year,
        version=new.version,
        content={name: getattr(new, name) for name in _CONTENT}
        | {"monthly": {str(level): rupiah for level, rupiah in new.monthly.items()}},
        note=new.note,
        made_at=new.made_at,
        made_by=new.made_by,
    )


def newest(work: Work, programme: Programme, school_year: str) -> Rules | None:
    """The version that holds."""
    wanted = select(rules).where(rules.c.programme == programme, rules.c.school_year == school_year)
    row = work.read(wanted.order_by(rules.c.version.desc()).limit(1)).mappings().first()
    return _entity(row) if row else None


def one(work: Work, programme: Programme, school_year: str, version: int) -> Rules | None:
    """That version."""
    wanted = select(rules).where(rules.c.programme == programme, rules.c.school_year == school_year)
    row = work.read(wanted.where(rules.c.version == version)).mappings().first()
    return _entity(row) if row else None


def some(work: Work, query: ListRules) -> list[Rules]:
    """The newest first."""
    statement = select(rules)
    if query.programme is not None:
        statement = statement.where(rules.c.programme == query.programme)
    if query.school_year is not None:
        statement = statement.where(rules.c.school_year == query.school_year)
    order = (rules.c.school_year.desc(), rules.c.programme, rules.c.version.desc())
    return [_entity(row) for row in work.read(statement.order_by(*order)).mappings()]


def _entity(row: RowMapping) -> Rules:
    content: dict[str, Any] = row["content"]
    return Rules(
        Programme(row["programme"]),
        row["school_year"],
        row["version"],
        tuple(map(EvidenceKind, content["residency"])),
        content["partner_school"],
        tuple(content["grades"]),
        content["highest_decile"],
        content["letter_for_decile"],
        {Level(name): rupiah for name, rupiah in content["monthly"].items()},
        row["note"],
        row["made_at"],
        row["made_by"],
    )
