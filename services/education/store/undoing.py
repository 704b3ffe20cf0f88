"""What a roster changed, made as it was: from roster_before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work

_CHANGED_SINCE = text("""
SELECT count(*) FROM roster_before b LEFT JOIN pupil p ON p.id = b.pupil_id
WHERE b.roster_id = :id AND p.version IS DISTINCT FROM b.version_after
""")
_STEPS = tuple(
    map(
        text,
        (
            """
DELETE FROM enrolment e USING roster_before b
WHERE b.roster_id = :id AND e.pupil_id = b.pupil_id AND e.opened_by = :id
""",
            """
UPDATE enrolment e SET to_on = NULL, ended = NULL, closed_by = NULL FROM roster_before b
WHERE b.roster_id = :id AND e.pupil_id = b.pupil_id AND e.closed_by = :id
""",
            """
UPDATE enrolment e SET class_name = b.before->'enrolment'->>'class_name'
FROM roster_before b WHERE b.roster_id = :id AND e.id = CAST(b.before->'enrolment'->>'id' AS uuid)
""",
            """
UPDATE pupil p SET sex = o.sex, birth_date = o.birth_date, name_key = o.name_key, name_index = o.name_index,
  household_key = o.household_key, provisional = o.provisional, fingerprint = o.fingerprint, details = o.details,
  changed_at = :now, changed_by = :by, version = p.version + 1
FROM roster_before b, jsonb_populate_record(NULL::pupil, b.before->'pupil') o
WHERE b.roster_id = :id AND NOT b.created AND p.id = b.pupil_id
""".replace("NULL::pupil", "CAST(NULL AS pupil)"),
            """
DELETE FROM pupil_identifier i USING roster_before b
WHERE b.roster_id = :id AND i.pupil_id = b.pupil_id
  AND (b.created OR (jsonb_exists(b.before, 'identifiers') AND NOT jsonb_exists(b.before->'identifiers', i.kind)))
""",
            """
DELETE FROM guardian g USING roster_before b
WHERE b.roster_id = :id AND g.pupil_id = b.pupil_id AND (b.created OR jsonb_exists(b.before, 'guardians'))
""",
            """
INSERT INTO guardian (pupil_id, relation, person_key)
SELECT g.pupil_id, g.relation, g.person_key FROM roster_before b
CROSS JOIN LATERAL jsonb_populate_recordset(CAST(NULL AS guardian), b.before->'guardians') g
WHERE b.roster_id = :id AND jsonb_typeof(b.before->'guardians') = 'array'
""",
            "DELETE FROM pupil p USING roster_before b WHERE b.roster_id = :id AND b.created AND p.id = b.pupil_id",
        ),
    )
)
_COUNT = text("SELECT count(*) FROM roster_before WHERE roster_id = :id")
_FORGET = text("DELETE FROM roster_before WHERE roster_id = :id")


_PLACES = text("""
SELECT e.pupil_id, e.school_year, e.grade, e.from_on FROM enrolment e
WHERE e.npsn = :npsn AND e.to_on IS NULL AND e.pupil_id = ANY(:pupils)
""")
_PUPILS = text("SELECT pupil_id FROM roster_before WHERE roster_id = :id ORDER BY pupil_id")
_MONEY = text("""
SELECT EXISTS (SELECT FROM confirmed_month c JOIN roster_before b ON b.pupil_id = c.pupil_id
  WHERE b.roster_id = :id AND c.npsn = :npsn AND c.voided_at IS NULL
    AND c.confirmed_at >= (SELECT applied_at FROM roster WHERE id = :id))
""")
Places = dict[UUID, tuple[str, int, date]]


def pupils_of(work: Work, roster_id: UUID) -> list[UUID]:
    """Whom it changed."""
    return list(work.read(_PUPILS, {"id": roster_id}).scalars())


def places(work: Work, npsn: str, pupils: Sequence[UUID]) -> Places:
    """School year, grade and first day of those who are at the school now."""
    rows = work.read(_PLACES, {"npsn": npsn, "pupils": list(pupils)}).mappings()
    return {row["pupil_id"]: (row["school_year"], row["grade"], row["from_on"]) for row in rows}


def has_money(work: Work, roster_id: UUID, npsn: str) -> bool:
    """Whether the school has confirmed months of its pupils since it was applied."""
    return bool(work.read(_MONEY, {"id": roster_id, "npsn": npsn}).scalar())


def changed_since(work: Work, roster_id: UUID) -> int:
    """How many of its pupils somebody has changed since."""
    return int(work.read(_CHANGED_SINCE, {"id": roster_id}).scalar() or 0)


def undo(work: Work, roster_id: UUID) -> int:
    """Make it as it was; returns how many pupils that were."""
    told = {"id": roster_id, "now": work.now, "by": work.actor.subject}
    count = int(work.read(_COUNT, {"id": roster_id}).scalar() or 0)
    for step in _STEPS:
        work.read(step, {name: told[name] for name in step._bindparams})
    forget(work, roster_id)
    return count


def forget(work: Work, roster_id: UUID) -> None:
    """It can't be undone any more."""
    work.read(_FORGET, {"id": roster_id})
