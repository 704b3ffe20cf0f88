"""Making a school's pupils those of a roster: a few statements over all its rows, in the order that they stand in here.

Before anything is changed, what it was is kept in roster_before, so that it can be undone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from chassis.work import Work

from ..domain.roster.upload import Upload

TAKEN = "('new', 'changed')"
_STALE = text(f"""
SELECT EXISTS (
  SELECT FROM roster_row r
  LEFT JOIN pupil_identifier n ON n.kind = 'nisn' AND n.hash = r.nisn_key
  LEFT JOIN pupil_identifier k ON k.kind = 'nik' AND k.hash = r.person_key
  LEFT JOIN enrolment e ON e.pupil_id = r.pupil_id AND e.to_on IS NULL
  WHERE r.roster_id = :id AND r.outcome IN {TAKEN} AND (
    coalesce(n.pupil_id, r.pupil_id) <> r.pupil_id OR coalesce(k.pupil_id, r.pupil_id) <> r.pupil_id
    OR (r.outcome = 'new' AND e.id IS NOT NULL)
    OR (r.outcome = 'changed' AND e.npsn IS DISTINCT FROM :npsn)))
""")
_BEFORE = text(f"""
INSERT INTO roster_before (roster_id, pupil_id, created, before, version_after)
SELECT :id, r.pupil_id, p.id IS NULL,
  CASE WHEN p.id IS NOT NULL THEN jsonb_build_object(
    'pupil', to_jsonb(p),
    'enrolment', (SELECT to_jsonb(e) FROM enrolment e WHERE e.pupil_id = p.id AND e.to_on IS NULL),
    'identifiers', (SELECT jsonb_agg(i.kind) FROM pupil_identifier i WHERE i.pupil_id = p.id),
    'guardians', (SELECT jsonb_agg(to_jsonb(g)) FROM guardian g WHERE g.pupil_id = p.id)) END,
  coalesce(p.version, 0) + 1
FROM roster_row r LEFT JOIN pupil p ON p.id = r.pupil_id
WHERE r.roster_id = :id AND r.outcome IN {TAKEN}
""")
_CREATE = text("""
INSERT INTO pupil (id, sex, birth_date, name_key, name_index, household_key, provisional, fingerprint, details,
  created_at, changed_at, changed_by, version)
SELECT pupil_id, sex, birth_date, name_key, name_index, household_key, provisional, fingerprint, details, :now, :now,
  :by, 1
FROM roster_row WHERE roster_id = :id AND outcome = 'new' AND NOT known
""")
_CHANGE = text(f"""
UPDATE pupil p SET sex = r.sex, birth_date = r.birth_date, name_key = r.name_key, name_index = r.name_index,
  household_key = coalesce(r.household_key, p.household_key), provisional = r.provisional,
  fingerprint = r.fingerprint, details = r.details, changed_at = :now, changed_by = :by, version = p.version + 1
FROM roster_row r WHERE r.roster_id = :id AND r.outcome IN {TAKEN} AND r.known AND p.id = r.pupil_id
""")
# Whatever is sure is not asked for: the planner takes tables that were filled a moment ago for empty ones, and would
# look for each row in all of them.
_IDENTIFY = """
INSERT INTO pupil_identifier (kind, hash, pupil_id)
SELECT told.kind, told.hash, told.pupil_id FROM (
  SELECT 'nisn' AS kind, nisn_key AS hash, pupil_id FROM roster_row
  WHERE roster_id = :id AND nisn_key IS NOT NULL AND {rows}
  UNION ALL
  SELECT 'nik', person_key, pupil_id FROM roster_row
  WHERE roster_id = :id AND person_key IS NOT NULL AND {rows}) AS told
{unknown} ORDER BY told.hash
"""
_IDENTIFY_NEW = text(_IDENTIFY.format(rows="outcome = 'new' AND NOT known", unknown=""))
_IDENTIFY_KNOWN = text(
    _IDENTIFY.format(
        rows=f"outcome IN {TAKEN} AND known",
        unknown="""
WHERE NOT EXISTS (SELECT FROM pupil_identifier i WHERE i.pupil_id = told.pupil_id AND i.kind = told.kind)
""",
    )
)
_FORGET_GUARDIANS = text(f"""
DELETE FROM guardian g USING roster_row r
WHERE r.roster_id = :id AND r.outcome IN {TAKEN} AND r.known AND g.pupil_id = r.pupil_id
""")
_GUARDIANS = text(f"""
INSERT INTO guardian (pupil_id, relation, person_key)
SELECT r.pupil_id, told.relation, told.key FROM roster_row r
CROSS JOIN LATERAL unnest(ARRAY['father', 'mother', 'guardian'], r.guardian_keys) AS told (relation, key)
WHERE r.roster_id = :id AND r.outcome IN {TAKEN} AND told.key IS NOT NULL
""")
_NEXT_YEAR = text("""
UPDATE enrolment e SET to_on = greatest(e.from_on - 1, CAST(:day AS date) - 1), ended = 'next_year', closed_by = :id
FROM roster_row r WHERE r.roster_id = :id AND r.outcome = 'changed' AND e.pupil_id = r.pupil_id AND e.to_on IS NULL
  AND (e.school_year, e.grade) <> (:year, r.grade)
""")
_SAME_YEAR = text("""
UPDATE enrolment e SET class_name = r.class_name
FROM roster_row r WHERE r.roster_id = :id AND r.outcome = 'changed' AND e.pupil_id = r.pupil_id AND e.to_on IS NULL
  AND e.class_name <> r.class_name
""")
_ENROL_NEW = text("""
INSERT INTO enrolment (id, pupil_id, npsn, school_year, grade, class_name, from_on, opened_by)
SELECT gen_random_uuid(), pupil_id, :npsn, :year, grade, class_name, :day, :id FROM roster_row
WHERE roster_id = :id AND outcome = 'new'
""")
_ENROL_AGAIN = text("""
INSERT INTO enrolment (id, pupil_id, npsn, school_year, grade, class_name, from_on, opened_by)
SELECT gen_random_uuid(), r.pupil_id, :npsn, :year, r.grade, r.class_name, :day, :id FROM roster_row r
JOIN enrolment e ON e.pupil_id = r.pupil_id AND e.closed_by = :id AND e.ended = 'next_year'
WHERE r.roster_id = :id AND r.outcome = 'changed'
""")
_BEFORE_LEFT = text("""
INSERT INTO roster_before (roster_id, pupil_id, created, before, version_after)
SELECT :id, p.id, false, jsonb_build_object('pupil', to_jsonb(p), 'enrolment', to_jsonb(e)), p.version
FROM roster_row r JOIN pupil p ON p.id = r.pupil_id
JOIN enrolment e ON e.pupil_id = p.id AND e.to_on IS NULL AND e.npsn = :npsn
WHERE r.roster_id = :id AND r.outcome = 'left'
""")
_END_LEFT = text("""
UPDATE enrolment e SET to_on = greatest(e.from_on - 1, CAST(:day AS date) - 1), ended = 'withdrawn', closed_by = :id
FROM roster_row r WHERE r.roster_id = :id AND r.outcome = 'left' AND e.pupil_id = r.pupil_id AND e.to_on IS NULL
  AND e.npsn = :npsn
""")
_OPENED = text("""
SELECT pupil_id, grade FROM enrolment WHERE npsn = :npsn AND to_on IS NULL AND opened_by = :id
ORDER BY grade, pupil_id
""")
_CLOSED = text("""
SELECT e.pupil_id FROM roster_before b
JOIN enrolment e ON e.pupil_id = b.pupil_id AND e.closed_by = :id AND e.ended = 'withdrawn'
WHERE b.roster_id = :id ORDER BY e.pupil_id
""")


def is_stale(work: Work, upload: Upload) -> bool:
    """Whether a pupil is known otherwise by now than when the rows were read."""
    return bool(work.read(_STALE, {"id": upload.id, "npsn": upload.npsn}).scalar())


def take_over(work: Work, upload: Upload) -> None:
    """New and changed rows become pupils and enrolments."""
    told = _told(upload, work.now, upload.applied_by)
    steps = (
        _BEFORE,
        _CREATE,
        _CHANGE,
        _IDENTIFY_NEW,
        _IDENTIFY_KNOWN,
        _FORGET_GUARDIANS,
        _GUARDIANS,
        _NEXT_YEAR,
        _SAME_YEAR,
        _ENROL_NEW,
        _ENROL_AGAIN,
    )
    for step in steps:
        _run(work, step, told)


def end_missing(work: Work, upload: Upload) -> int:
    """Pupils who are in no row have left; returns how many."""
    told = _told(upload, work.now, upload.applied_by)
    _run(work, _BEFORE_LEFT, told)
    return _run(work, _END_LEFT, told)


def opened(work: Work, upload: Upload) -> list[tuple[UUID, int]]:
    """Pupils enrolled by this roster, with their grades."""
    return [tuple(row) for row in work.read(_OPENED, {"id": upload.id, "npsn": upload.npsn})]


def closed(work: Work, roster_id: UUID) -> list[UUID]:
    """Pupils whose time at the school it ended."""
    return list(work.read(_CLOSED, {"id": roster_id}).scalars())


def _told(upload: Upload, now: datetime, by: str | None) -> dict[str, Any]:
    day: date = upload.effective_on
    return {"id": upload.id, "npsn": upload.npsn, "year": upload.school_year, "day": day, "now": now, "by": by or ""}


def _run(work: Work, statement: TextClause, told: dict[str, Any]) -> int:
    names = statement._bindparams
    return work.read(statement, {name: told[name] for name in names}).rowcount
