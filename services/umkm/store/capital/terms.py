"""Terms of the programme; a version never changes (a trigger refuses it)."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Column, Integer, RowMapping, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work
from contracts.umkm import AdministrationTaken, SizeClass

from ...domain.capital.terms import LadderStep, Terms
from ..columns import metadata, moment

capital_terms = Table(
    "capital_terms",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", JSONB, nullable=False),
    Column("note", Text),
    moment("set_at", required=True),
    Column("set_by", Text, nullable=False),
)
_APART = ("version", "set_at", "note")


def newest(work: Work) -> Terms:
    """For groups that are formed now."""
    wanted = select(capital_terms).order_by(capital_terms.c.version.desc()).limit(1)
    return _entity(work.read(wanted).mappings().one())


def get(work: Work, version: int) -> Terms | None:
    """One version."""
    row = work.read(select(capital_terms).where(capital_terms.c.version == version)).mappings().first()
    return _entity(row) if row else None


def of_group(work: Work, version: int) -> Terms:
    """The version under which a group was formed."""
    found = get(work, version)
    assert found is not None, "a foreign key holds it"
    return found


def add(work: Work, new: Terms) -> None:
    """The next version."""
    content = {name: value for name, value in asdict(new).items() if name not in _APART}
    work.insert(
        capital_terms,
        version=new.version,
        content=content,
        note=new.note,
        set_at=new.set_at,
        set_by=work.actor.subject,
    )


def _entity(row: RowMapping) -> Terms:
    content = dict(row["content"])
    content |= {
        "steps": tuple(LadderStep(**one) for one in content["steps"]),
        "classes": tuple(map(SizeClass, content["classes"])),
        "administration_taken": AdministrationTaken(content["administration_taken"]),
    }
    return Terms(version=row["version"], set_at=row["set_at"], note=row["note"], **content)
