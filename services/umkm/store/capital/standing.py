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
SELECT l.id, l.group_id, l.state, l.frozen_before, b.owed,
  greatest(0, coalesce(d.due_in_all, 0) - (b.lent - b.owed)) AS arrears
FROM ({loans}) t JOIN loan l ON l.id = t.loan_id JOIN loan_balance b ON b.loan_id = l.id
LEFT JOIN LATERAL (
  SELECT due_in_all FROM instalment WHERE loan_id = l.id AND due_on <= :until ORDER BY number DESC LIMIT 1) d ON true
"""
_MOVED = """
SELECT id, group_id, owed, arrears, wanted FROM (
  SELECT f.*, CASE WHEN owed = 0 THEN 'settled'
    WHEN state = 'settled' AND frozen_before IS NOT NULL THEN 'frozen'
    WHEN state IN ('frozen', 'in_recourse') THEN state
    WHEN arrears > 0 THEN 'arrears' ELSE 'repaying' END AS wanted
  FROM ({figures}) f) w
WHERE wanted <> state OR state = 'settled' ORDER BY id
"""
_TOLD = "SELECT loan_id FROM unnest(CAST(:loans AS uuid[])) AS told (loan_id)"
_TOUCHED = """
SELECT loan_id FROM unnest(CAST(:loans AS uuid[])) AS told (loan_id)
UNION SELECT i.loan_id FROM (
  SELECT loan_id, max(due_in_all) AS due FROM instalment WHERE due_on > :before AND due_on <= :until
  GROUP BY loan_id) i JOIN loan_balance b USING (loan_id) WHERE i.due > b.lent - b.owed
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
    """Which of these loans stand otherwise by now; those that are settled again, too: maybe not in time."""
    rows = work.read(_MOVED_OF_LOANS, {"loans": list(loan_ids), "until": until or NEVER}).mappings()
    return [_moved(row) for row in rows]


def moved_by_file(work: Work, loan_ids: Collection[str], before: date | None, until: date | None) -> list[Moved]:
    """Which loans stand otherwise after a file: some of its lines', and those for which more is due by now."""
    told = {"loans": list(loan_ids), "before": before or NEVER, "until": until or NEVER}
    return [_moved(row) for row in work.read(_MOVED_BY_FILE, told).mappings()]


def _moved(row: RowMapping) -> Moved:
    return Moved(row["id"], row["group_id"], LoanState(row["wanted"]), int(row["owed"]), int(row["arrears"]))
