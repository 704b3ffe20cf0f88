"""Which citizen of the super app is a parent of whom, and how often they tried to say so."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Column, Table, Text, Uuid, func, select, text

from chassis.work import Work

from .columns import metadata, moment

CITIZEN = "citizen"
family_link = Table(
    "family_link",
    metadata,
    Column("citizen", Text, primary_key=True),
    Column("pupil_id", Uuid, primary_key=True),
    Column("relation", Text, nullable=False),
    moment("linked_at", required=True),
)
family_try = Table(
    "family_try",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("citizen", Text, nullable=False),
    moment("at", required=True),
)
_DAY = timedelta(days=1)
_FITS = text("""
SELECT i.pupil_id, g.relation FROM pupil_identifier i
JOIN pupil p ON p.id = i.pupil_id AND p.birth_date = :born
JOIN guardian g ON g.pupil_id = p.id AND g.person_key = :parent
WHERE i.kind = :kind AND i.hash = :child
""")
_FORGET = text("DELETE FROM family_try WHERE at < :before")


def tries(work: Work, citizen: str) -> int:
    """In the last 24 hours."""
    since = work.now - _DAY
    counted = select(func.count()).where(family_try.c.citizen == citizen, family_try.c.at > since)
    return int(work.read(counted).scalar() or 0)


def count_try(work: Work, citizen: str) -> None:
    """One more; those of before a day ago are forgotten."""
    work.read(_FORGET, {"before": work.now - _DAY})
    work.insert(family_try, id=work.new_id(), citizen=citizen, at=work.now)


def fitting(work: Work, parent: str, kind: str, child: str, born: object) -> tuple[UUID, str] | None:
    """The pupil with this number and birth date whose guardian this is, and the relation."""
    row = work.read(_FITS, {"parent": parent, "kind": kind, "child": child, "born": born}).mappings().first()
    return (row["pupil_id"], row["relation"]) if row else None


def link(work: Work, citizen: str, pupil_id: UUID, relation: str) -> None:
    """From now on the child is theirs to see."""
    key = {"citizen": citizen, "pupil_id": pupil_id}
    work.upsert(family_link, key, relation=relation, linked_at=work.now)


def children(work: Work, citizen: str) -> list[UUID]:
    """Pupils of a citizen, as long as the school's list names them as a parent or guardian."""
    wanted = select(family_link.c.pupil_id).where(family_link.c.citizen == citizen)
    return list(work.read(wanted.order_by(family_link.c.linked_at, family_link.c.pupil_id)).scalars())
