"""Looking at all pupils at once: a few statements, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work
from contracts.education import Programme

from ..domain.eligibility.inputs import Inputs
from ..domain.eligibility.rules import Rules
from .known import KNOWN, inputs

_LIKE = (
    "level, ownership, grade, agreement, places, resident, elsewhere_on, letter_on, household, decile,"
    " decile_source, decile_on"
)
_WHERE = "WHERE CAST(:npsn AS text) IS NULL OR e.npsn = CAST(:npsn AS text)"
_LOOK = text(f"""
WITH known AS MATERIALIZED (
  SELECT pupil_id, npsn, hash_record_extended(ROW({_LIKE}), 0) AS number, {_LIKE}
  FROM ({KNOWN.format(shown="", pupils=_WHERE)}) k),
kept AS (
  INSERT INTO evaluation_row (evaluation_id, pupil_id, npsn, grade, number)
  SELECT CAST(:id AS uuid), pupil_id, npsn, grade, number FROM known)
SELECT DISTINCT number, {_LIKE} FROM known
""")
_ROOM = text("SET LOCAL work_mem = '64MB'")
"""A city's pupils, joined and sorted in memory and not by way of files: a quarter of the time."""
_PUT_CASES = text("""
INSERT INTO evaluation_case (evaluation_id, number, advice, reasons, change)
SELECT CAST(:id AS uuid), told.number, told.advice, string_to_array(told.reasons, ' '), told.change
FROM unnest(CAST(:numbers AS bigint[]), CAST(:advices AS text[]), CAST(:reasons AS text[]), CAST(:changes AS text[]))
  AS told (number, advice, reasons, change)
""")
_COUNTS = text("""
SELECT r.npsn, s.level, r.grade, r.number, r.pupils FROM (
  SELECT npsn, grade, number, count(*) AS pupils FROM evaluation_row WHERE evaluation_id = :id
  GROUP BY npsn, grade, number) r LEFT JOIN school s ON s.npsn = r.npsn
""")
_YEARLY = text("""
SELECT a.npsn, CAST(one->>'grade' AS int) AS grade, CAST(one->>'yearly_rupiah' AS bigint) AS yearly
FROM agreement a CROSS JOIN LATERAL jsonb_array_elements(a.places) AS one
WHERE a.school_year = :school_year AND a.state <> 'ended'
""")


class CasesMixedUp(RuntimeError):
    """Two kinds of pupils have the same number (a chance of 1 in 10 000 000 000): nothing is committed."""


def look(work: Work, evaluation_id: UUID, rules: Rules, npsn: str | None) -> Iterator[tuple[int, Inputs]]:
    """Keeps a row for each pupil; every case with its number: pupils who are alike in all that counts."""
    work.read(_ROOM)
    told = {"id": evaluation_id, "school_year": rules.school_year, "residency": list(rules.residency), "npsn": npsn}
    seen = set[int]()
    for row in work.read(_LOOK, {**told, "means_tested": rules.means_tested}).mappings():
        if row["number"] in seen:
            raise CasesMixedUp
        seen.add(row["number"])
        yield row["number"], inputs(row, rules)


def keep(work: Work, evaluation_id: UUID, cases: Sequence[tuple[int, str, str, str]]) -> None:
    """Cases as (number, advice, reasons parted by blanks, change)."""
    numbers, advices, reasons, changes = (list(column) for column in zip(*cases, strict=True)) if cases else ([],) * 4
    told = {"numbers": numbers, "advices": advices, "reasons": reasons, "changes": changes}
    work.read(_PUT_CASES, {"id": evaluation_id, **told})


def counts(work: Work, evaluation_id: UUID) -> Iterator[tuple[str | None, str | None, int | None, int, int]]:
    """School, its level, grade, case, and how many pupils."""
    for row in work.read(_COUNTS, {"id": evaluation_id}):
        yield tuple(row)


def yearly(work: Work, programme: Programme, school_year: str) -> dict[tuple[str, int], int]:
    """What a place costs in the year, by school and grade; nothing where the rules set the rate."""
    if programme is not Programme.BOP:
        return {}
    rows = work.read(_YEARLY, {"school_year": school_year}).mappings()
    return {(row["npsn"], row["grade"]): row["yearly"] for row in rows}
