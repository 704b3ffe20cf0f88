"""How many loans stand, reckoned in the database by the same rule as domain/capital/standing.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from chassis.work import Work
from contracts.umkm import LoanState

_FIGURES = """
SELECT l.id, l.group_id, l.state, l.frozen_before, e.owed, greatest(0, coalesce(d.due, 0) - e.paid) AS arrears
FROM ({loans}) t JOIN loan l ON l.id = t.loan_id
JOIN LATERAL (
  SELECT sum(rupiah) AS owed, -coalesce(sum(rupiah) FILTER (WHERE kind NOT IN ('disbursed', 'fee')), 0) AS paid
  FROM capital_entry WHERE loan_id = l.id) e ON e.owed IS NOT NULL
LEFT JOIN LATERAL (
  SELECT sum(rupiah) AS due FROM instalment WHERE loan_id = l.id AND due_on <= :until) d ON true
"""
_MOVED = """
SELECT id, group_id, owed, arrears, wanted FROM (
  SELECT f.*, CASE WHEN owed = 0 THEN 'settled'
    WHEN state = 'settled' AND frozen_before IS NOT NULL THEN 'frozen'
    WHEN state IN ('frozen', 'in_recourse') THEN state
    WHEN arrears > 0 THEN 'arrears' ELSE 'repaying' END AS wanted
  FROM ({figures}) f) w
WHERE wanted <> state ORDER BY id
"""
_TOLD = "SELECT loan_id FROM unnest(CAST(:loans AS uuid[])) AS told (loan_id)"
_TOUCHED = """
SELECT loan_id FROM capital_entry WHERE bank_file_id = :file AND at_row IS NOT NULL
UNION SELECT loan_id FROM instalment WHERE due_on > :before AND due_on <= :until
"""
_OF_LOANS = text(_FIGURES.format(loans=_TOLD))
_MOVED_OF_LOANS = text(_MOVED.format(figures=_FIGURES.format(loans=_TOLD)))
_MOVED_BY_FILE = text(_MOVED.format(figures=_FIGURES.format(loans=_TOUCHED)))
NEVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A loan that stands otherwise than its row says."""

    loan_id: UUID
    group_id: UUID
    state: LoanState
    owed: int
    arrears: int


def figures(work: Work, loan_ids: Collection[UUID], until: date | None) -> dict[UUID, tuple[int, int]]:
    """What is owed, and what of it is in arrears, by loan; those that are not paid out are left out."""
    if not loan_ids:
        return {}
    rows = work.read(_OF_LOANS, {"loans": list(loan_ids), "until": until or NEVER}).mappings()
    return {row["id"]: (int(row["owed"]), int(row["arrears"])) for row in rows}


def moved(work: Work, loan_ids: Collection[UUID], until: date | None) -> list[Moved]:
    """Which of these loans stand otherwise by now."""
    rows = work.read(_MOVED_OF_LOANS, {"loans": list(loan_ids), "until": until or NEVER}).mappings()
    return [_moved(row) for row in rows]


def moved_by_file(work: Work, file_id: UUID, before: date | None, until: date | None) -> list[Moved]:
    """Which loans stand otherwise after a file: those of its lines, and those of the days that are covered now."""
    told = {"file": file_id, "before": before or NEVER, "until": until or NEVER}
    return [_moved(row) for row in work.read(_MOVED_BY_FILE, told).mappings()]


def _moved(row: RowMapping) -> Moved:
    return Moved(row["id"], row["group_id"], LoanState(row["wanted"]), int(row["owed"]), int(row["arrears"]))
