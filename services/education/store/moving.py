"""Pupils from one school to another, or out of it: each act over all its pupils at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work
from contracts.education import EnrolmentEnd

_END = text("""
UPDATE enrolment SET to_on = greatest(from_on - 1, CAST(:day AS date)), ended = :reason
WHERE pupil_id = ANY(:pupils) AND to_on IS NULL
""")
_TOUCH = text("""
UPDATE pupil SET version = version + 1, changed_at = :now, changed_by = :by WHERE id = ANY(:pupils)
""")
_CLOSE = text("""
UPDATE enrolment e SET to_on = greatest(e.from_on - 1, t.from_on - 1),
  ended = CASE WHEN e.grade < 7 AND t.grade >= 7 THEN 'graduated' ELSE 'transferred' END
FROM transfer t WHERE t.id = ANY(:ids) AND e.pupil_id = t.pupil_id AND e.npsn = t.from_npsn AND e.to_on IS NULL
""")
_DETAILS = text("""
UPDATE pupil p SET sex = r.sex, birth_date = r.birth_date, name_key = r.name_key, name_index = r.name_index,
  household_key = coalesce(r.household_key, p.household_key), fingerprint = r.fingerprint, details = r.details
FROM transfer t JOIN roster_row r ON r.roster_id = t.roster_id AND r.number = t.row_number
WHERE t.id = ANY(:ids) AND p.id = t.pupil_id AND r.details IS NOT NULL
""")
_ROWS = "transfer t JOIN roster_row r ON r.roster_id = t.roster_id AND r.number = t.row_number"
_FORGET_GUARDIANS = text(f"""
DELETE FROM guardian g USING {_ROWS} WHERE t.id = ANY(:ids) AND g.pupil_id = t.pupil_id
""")
_GUARDIANS = text(f"""
INSERT INTO guardian (pupil_id, relation, person_key)
SELECT t.pupil_id, told.relation, told.key FROM {_ROWS}
CROSS JOIN LATERAL unnest(ARRAY['father', 'mother', 'guardian'], r.guardian_keys) AS told (relation, key)
WHERE t.id = ANY(:ids) AND told.key IS NOT NULL
""")
_NUMBERS = text(f"""
INSERT INTO pupil_identifier (kind, hash, pupil_id)
SELECT told.kind, told.hash, t.pupil_id FROM {_ROWS}
CROSS JOIN LATERAL (VALUES ('nisn', r.nisn_key), ('nik', r.person_key)) AS told (kind, hash)
WHERE t.id = ANY(:ids) AND told.hash IS NOT NULL
  AND NOT EXISTS (SELECT FROM pupil_identifier i WHERE i.pupil_id = t.pupil_id AND i.kind = told.kind)
ON CONFLICT (kind, hash) DO NOTHING
""")
_OPEN = text("""
INSERT INTO enrolment (id, pupil_id, npsn, school_year, grade, class_name, from_on)
SELECT gen_random_uuid(), pupil_id, to_npsn, school_year, grade, class_name, from_on FROM transfer
WHERE id = ANY(:ids)
""")
_LAST_GRADE = text("""
SELECT pupil_id FROM enrolment WHERE npsn = :npsn AND grade = :grade AND to_on IS NULL ORDER BY pupil_id FOR UPDATE
""")
_MERGE_OUT = text("""
UPDATE enrolment SET to_on = greatest(from_on - 1, CAST(:day AS date) - 1), ended = 'merged'
WHERE npsn = ANY(:npsns) AND to_on IS NULL RETURNING pupil_id, school_year, grade, class_name
""")
_MERGE_IN = text("""
INSERT INTO enrolment (id, pupil_id, npsn, school_year, grade, class_name, from_on)
SELECT gen_random_uuid(), told.pupil_id, :npsn, told.school_year, told.grade, told.class_name, :day
FROM unnest(CAST(:pupils AS uuid[]), CAST(:years AS text[]), CAST(:grades AS int[]), CAST(:classes AS text[]))
  AS told (pupil_id, school_year, grade, class_name)
""")
Place = tuple[UUID, str, int, str]


def end(work: Work, pupils: Collection[UUID], last_day: date, reason: EnrolmentEnd) -> int:
    """They are no longer at their school; returns how many were at one."""
    touch(work, pupils)
    return work.read(_END, {"pupils": list(pupils), "day": last_day, "reason": reason}).rowcount


def touch(work: Work, pupils: Collection[UUID]) -> None:
    """A new version of each."""
    work.read(_TOUCH, {"pupils": list(pupils), "now": work.now, "by": work.actor.subject})


def transfer(work: Work, ids: Collection[UUID], pupils: Collection[UUID]) -> bool:
    """As these transfers say, with what the receiving school's list tells; False if a pupil is not where it was."""
    told = {"ids": list(ids)}
    if work.read(_CLOSE, told).rowcount != len(ids):
        return False
    for step in (_DETAILS, _FORGET_GUARDIANS, _GUARDIANS, _NUMBERS, _OPEN):
        work.read(step, told)
    touch(work, pupils)
    return True


def in_grade(work: Work, npsn: str, grade: int) -> list[UUID]:
    """Pupils of a school's grade, locked."""
    return list(work.read(_LAST_GRADE, {"npsn": npsn, "grade": grade}).scalars())


def merge(work: Work, from_npsns: Collection[str], npsn: str, day: date) -> list[Place]:
    """All pupils of some schools go on at another; returns them with year, grade and class."""
    rows = work.read(_MERGE_OUT, {"npsns": list(from_npsns), "day": day}).mappings().all()
    places = [(row["pupil_id"], row["school_year"], row["grade"], row["class_name"]) for row in rows]
    if places:
        pupils, years, grades, classes = (list(column) for column in zip(*places, strict=True))
        told = {"npsn": npsn, "day": day, "pupils": pupils, "years": years, "grades": grades, "classes": classes}
        work.read(_MERGE_IN, told)
        touch(work, pupils)
    return places
