"""Months that schools have confirmed, a row for each pupil; at most one of a pupil, programme and month is live.

A month belongs to the school of the 15th. Whoever withdraws within a month has none of it; whoever dies has it whole.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, SmallInteger, Table, Text, Uuid, select, text

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListConfirmed, Programme

from ..domain.claim import Claim
from .columns import metadata, moment

confirmed_month = Table(
    "confirmed_month",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("programme", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("npsn", Text, nullable=False),
    Column("grade", SmallInteger, nullable=False),
    Column("claim_id", Uuid),
    moment("confirmed_at", required=True),
    Column("confirmed_by", Text, nullable=False),
    moment("voided_at"),
    Column("void_reason", Text),
)
AT_SCHOOL = """
  e.from_on <= {month} + 14 AND (e.to_on IS NULL OR (e.to_on >= e.from_on
    AND (e.to_on >= {month} + 14 OR (e.ended = 'deceased' AND e.to_on >= {month}))
    AND NOT (e.ended = 'withdrawn' AND e.to_on < CAST({month} + interval '1 month' AS date) - 1)))
"""
COVERED = """
  w.starts_on <= {month} + 14 AND (w.ends_on >= {month} + 14 OR (w.end_reason = 'deceased' AND w.ends_on >= {month}))
  AND (w.end_reason IS NULL OR w.end_reason NOT IN ('left_city', 'left_school')
    OR w.ends_on >= CAST({month} + interval '1 month' AS date) - 1)
"""
_MONTH = "CAST(:month AS date)"
_CAN = f"""
SELECT DISTINCT ON (e.pupil_id) e.pupil_id, e.grade FROM (
  SELECT pupil_id, grade, from_on FROM enrolment WHERE npsn = :npsn AND to_on IS NULL AND from_on <= {_MONTH} + 14
  UNION ALL
  SELECT e.pupil_id, e.grade, e.from_on FROM enrolment e
  WHERE e.npsn = :npsn AND e.to_on IS NOT NULL AND {AT_SCHOOL.format(month=_MONTH)}) e
JOIN waiver w ON w.pupil_id = e.pupil_id AND w.programme = :programme AND {COVERED.format(month=_MONTH)}
ORDER BY e.pupil_id, e.from_on DESC
"""
_CANDIDATES = text(_CAN)
_CONFIRM = text(f"""
INSERT INTO confirmed_month (id, pupil_id, programme, month, npsn, grade, confirmed_at, confirmed_by)
SELECT gen_random_uuid(), can.pupil_id, :programme, {_MONTH}, :npsn, can.grade, :now, :by
FROM ({_CAN}) can WHERE can.pupil_id = ANY(:pupils) ORDER BY can.pupil_id
ON CONFLICT (pupil_id, programme, month) WHERE voided_at IS NULL DO NOTHING RETURNING pupil_id
""")
_LIVE = text("""
SELECT pupil_id, npsn FROM confirmed_month
WHERE programme = :programme AND month = :month AND pupil_id = ANY(:pupils) AND voided_at IS NULL
""")
_VOID = text("""
UPDATE confirmed_month SET voided_at = :now, void_reason = :reason
WHERE pupil_id = :pupil AND programme = :programme AND month = :month AND voided_at IS NULL AND npsn = ANY(:npsns)
RETURNING npsn
""")
_OF_PUPIL = text("""
SELECT npsn FROM confirmed_month
WHERE pupil_id = :pupil AND programme = :programme AND month = :month AND voided_at IS NULL
""")
_TAKE = text("""
UPDATE confirmed_month SET claim_id = :claim
WHERE npsn = :npsn AND programme = :programme AND month BETWEEN :first AND :last AND voided_at IS NULL
  AND claim_id IS NULL
""")
_FREE = text("""
UPDATE confirmed_month SET claim_id = NULL
WHERE npsn = :npsn AND programme = :programme AND month BETWEEN :first AND :last AND claim_id = :claim
  AND voided_at IS NULL
""")
_COUNT = text("""
SELECT c.month, c.grade, count(*) FILTER (WHERE c.claim_id = :claim) AS confirmed,
  count(*) FILTER (WHERE c.claim_id <> :claim AND k.state = 'approved') AS before
FROM confirmed_month c LEFT JOIN claim k ON k.id = c.claim_id
WHERE c.npsn = :npsn AND c.programme = :programme AND c.month BETWEEN :first AND :last AND c.voided_at IS NULL
GROUP BY c.month, c.grade HAVING count(*) FILTER (WHERE c.claim_id = :claim) > 0 ORDER BY c.month, c.grade
""")
_BY_GRADE = text("""
SELECT grade, count(*) AS count FROM confirmed_month
WHERE npsn = :npsn AND programme = :programme AND month = :month AND voided_at IS NULL GROUP BY grade
""")


def candidates(work: Work, npsn: str, programme: Programme, month: date) -> dict[UUID, int]:
    """Who has a waiver and was at the school in the month, with the grade."""
    rows = work.read(_CANDIDATES, {"npsn": npsn, "programme": programme, "month": month}).mappings()
    return {row["pupil_id"]: row["grade"] for row in rows}


def confirmed_by(work: Work, programme: Programme, month: date, pupils: Collection[UUID]) -> dict[UUID, str]:
    """Which school has confirmed these pupils' month."""
    rows = work.read(_LIVE, {"programme": programme, "month": month, "pupils": list(pupils)}).mappings()
    return {row["pupil_id"]: row["npsn"] for row in rows}


def confirm(work: Work, npsn: str, programme: Programme, month: date, pupils: Collection[UUID]) -> int:
    """These of the candidates; returns how many are new."""
    told = {"npsn": npsn, "programme": programme, "month": month, "pupils": list(pupils), "now": work.now}
    return len(work.read(_CONFIRM, {**told, "by": work.actor.subject}).all())


def school_of(work: Work, pupil_id: UUID, programme: Programme, month: date) -> str | None:
    """Which school has confirmed it."""
    told = {"pupil": pupil_id, "programme": programme, "month": month}
    found: str | None = work.read(_OF_PUPIL, told).scalar()
    return found


def void(work: Work, npsns: Collection[str], pupil_id: UUID, programme: Programme, month: date, reason: str) -> None:
    """It was not so."""
    told = {"pupil": pupil_id, "programme": programme, "month": month, "npsns": list(npsns)}
    work.read(_VOID, {**told, "reason": reason, "now": work.now})


def take(work: Work, claim: Claim) -> int:
    """All that is confirmed and not claimed; returns how many."""
    return work.read(_TAKE, _of(claim)).rowcount


def free(work: Work, claim: Claim) -> None:
    """They can be claimed again."""
    work.read(_FREE, _of(claim))


def _of(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.id,
        "npsn": claim.npsn,
        "programme": claim.programme,
        "first": claim.first_month,
        "last": claim.last_month,
    }


def counts(work: Work, claim: Claim) -> list[tuple[date, int, int, int]]:
    """Month, grade, how many of a claim, how many were approved before in other claims."""
    rows = work.read(_COUNT, _of(claim)).mappings()
    return [(row["month"], row["grade"], row["confirmed"], row["before"]) for row in rows]


def by_grade(work: Work, npsn: str, programme: Programme, month: date) -> dict[int, int]:
    """How many are confirmed of each grade."""
    rows = work.read(_BY_GRADE, {"npsn": npsn, "programme": programme, "month": month}).mappings()
    return {row["grade"]: row["count"] for row in rows}


def pages(work: Work, query: ListConfirmed) -> tuple[list[Any], str | None]:
    """By id; live ones."""
    statement = select(confirmed_month).where(
        confirmed_month.c.npsn == query.npsn, confirmed_month.c.voided_at.is_(None)
    )
    if query.programme is not None:
        statement = statement.where(confirmed_month.c.programme == query.programme)
    if query.month is not None:
        statement = statement.where(confirmed_month.c.month == query.month)
    return page(work, statement, query, confirmed_month.c.id)
