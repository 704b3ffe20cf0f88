"""What was shown of pupils, the latest of each kind; the welfare register, the newest decile of each family."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, SmallInteger, Table, Text, Uuid, text

from chassis.work import Work
from contracts.education import EvidenceKind

from .columns import metadata, moment

evidence = Table(
    "evidence",
    metadata,
    Column("pupil_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("resident", Boolean, nullable=False),
    Column("shown_on", Date, nullable=False),
    moment("recorded_at", required=True),
    Column("recorded_by", Text, nullable=False),
)
welfare = Table(
    "welfare",
    metadata,
    Column("household_key", Text, primary_key=True),
    Column("decile", SmallInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("released_on", Date, nullable=False),
)
_ATTEST = text("""
INSERT INTO evidence (pupil_id, kind, resident, shown_on, recorded_at, recorded_by)
SELECT e.pupil_id, 'school_attestation', NOT e.pupil_id = ANY(:elsewhere), :day, :now, :by
FROM enrolment e WHERE e.npsn = :npsn AND e.to_on IS NULL
ON CONFLICT (pupil_id, kind) DO UPDATE SET resident = excluded.resident, shown_on = excluded.shown_on,
  recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
RETURNING pupil_id, resident
""")
_WELFARE = text("""
INSERT INTO welfare (household_key, decile, source, released_on)
SELECT told.key, told.decile, :source, :day
FROM unnest(CAST(:keys AS text[]), CAST(:deciles AS int[])) AS told (key, decile)
ON CONFLICT (household_key) DO UPDATE SET decile = excluded.decile, source = excluded.source,
  released_on = excluded.released_on
WHERE welfare.released_on <= excluded.released_on AND (welfare.decile, welfare.source, welfare.released_on)
  IS DISTINCT FROM (excluded.decile, excluded.source, excluded.released_on)
""")


def put(work: Work, pupil_id: UUID, kind: EvidenceKind, **values: Any) -> None:
    """The latest of its kind."""
    key = {"pupil_id": pupil_id, "kind": kind}
    work.upsert(evidence, key, recorded_at=work.now, recorded_by=work.actor.subject, **values)


def attest(work: Work, npsn: str, day: date, elsewhere: Collection[UUID]) -> dict[UUID, bool]:
    """For all pupils of a school: whether they live in the city."""
    told = {"npsn": npsn, "day": day, "elsewhere": list(elsewhere), "now": work.now, "by": work.actor.subject}
    return {row["pupil_id"]: row["resident"] for row in work.read(_ATTEST, told).mappings()}


def import_welfare(work: Work, source: str, day: date, keys: Sequence[str], deciles: Sequence[int]) -> int:
    """A part of a release; returns how many families it changed."""
    told = {"source": source, "day": day, "keys": list(keys), "deciles": list(deciles)}
    return work.read(_WELFARE, told).rowcount
