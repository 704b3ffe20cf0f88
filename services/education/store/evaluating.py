"""Looking at all pupils at once: a few statements, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work
from contracts.education import Programme

from ..domain.eligibility.inputs import Inputs
from ..domain.eligibility.rules import Rules
from .known import KNOWN, inputs

_LIKE = (
    "level, ownership, grade, agreement, places, resident_by, resident_on, elsewhere_on, letter_on, household, decile,"
    " decile_source, decile_on"
)
_WHERE = "WHERE CAST(:npsn AS text) IS NULL OR e.npsn = CAST(:npsn AS text)"
_SEEN = text(f"""
CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
SELECT pupil_id, npsn, dense_rank() OVER (ORDER BY {_LIKE}) AS number, {_LIKE}
FROM ({KNOWN.format(shown="", pupils=_WHERE)}) k
""")
_CASES = text(f"SELECT DISTINCT ON (number) number, {_LIKE} FROM seen ORDER BY number")
_ROWS = text("""
INSERT INTO evaluation_row (evaluation_id, pupil_id, npsn, grade, number)
SELECT CAST(:id AS uuid), pupil_id, npsn, grade, number FROM seen
""")
_PUT_CASES = text("""
INSERT INTO evaluation_case (evaluation_id, number, advice, reasons, change)
SELECT CAST(:id AS uuid), told.number, told.advice, string_to_array(told.reasons, ' '), told.change
FROM unnest(CAST(:numbers AS int[]), CAST(:advices AS text[]), CAST(:reasons AS text[]), CAST(:changes AS text[]))
  AS told (number, advice, reasons, change)
""")
_SUMS = text("""
SELECT c.advice, c.reasons, c.change, count(*) AS pupils FROM evaluation_row r
JOIN evaluation_case c ON c.evaluation_id = r.evaluation_id AND c.number = r.number
WHERE r.evaluation_id = :id GROUP BY c.advice, c.reasons, c.change
""")
_BY_PLACE = text("""
SELECT r.npsn, s.level, r.grade, count(*) FILTER (WHERE c.advice = 'eligible') AS then,
  count(*) FILTER (WHERE (c.advice = 'eligible' AND c.change = 'same') OR c.change = 'loses') AS now
FROM evaluation_row r
JOIN evaluation_case c ON c.evaluation_id = r.evaluation_id AND c.number = r.number
JOIN school s ON s.npsn = r.npsn
WHERE r.evaluation_id = :id GROUP BY r.npsn, s.level, r.grade
""")
_YEARLY = text("""
SELECT a.npsn, CAST(one->>'grade' AS int) AS grade, CAST(one->>'yearly_rupiah' AS bigint) AS yearly
FROM agreement a CROSS JOIN LATERAL jsonb_array_elements(a.places) AS one
WHERE a.school_year = :school_year AND a.state <> 'ended'
""")


def look(work: Work, rules: Rules, npsn: str | None) -> Iterator[tuple[int, Inputs]]:
    """Every case with its number: pupils who are alike in all that counts."""
    told = {"school_year": rules.school_year, "residency": list(rules.residency), "npsn": npsn}
    work.read(_SEEN, {**told, "means_tested": rules.means_tested})
    for row in work.read(_CASES).mappings():
        yield row["number"], inputs(row)


def keep(work: Work, evaluation_id: UUID, cases: Sequence[tuple[int, str, str, str]]) -> None:
    """Rows, and cases as (number, advice, reasons parted by blanks, change)."""
    work.read(_ROWS, {"id": evaluation_id})
    numbers, advices, reasons, changes = (list(column) for column in zip(*cases, strict=True)) if cases else ([],) * 4
    told = {"numbers": numbers, "advices": advices, "reasons": reasons, "changes": changes}
    work.read(_PUT_CASES, {"id": evaluation_id, **told})


def sums(work: Work, evaluation_id: UUID) -> list[Any]:
    """Pupils by advice, reasons and change."""
    return list(work.read(_SUMS, {"id": evaluation_id}).mappings())


def by_place(work: Work, evaluation_id: UUID) -> list[Any]:
    """Eligible ones by school and grade: `then` by these rules, `now` by those that hold."""
    return list(work.read(_BY_PLACE, {"id": evaluation_id}).mappings())


def yearly(work: Work, programme: Programme, school_year: str) -> dict[tuple[str, int], int]:
    """What a place costs in the year, by school and grade; nothing where the rules set the rate."""
    if programme is not Programme.BOP:
        return {}
    rows = work.read(_YEARLY, {"school_year": school_year}).mappings()
    return {(row["npsn"], row["grade"]): row["yearly"] for row in rows}
