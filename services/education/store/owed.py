"""What is owed to each payee and not on its way yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work
from contracts.education import Programme

from .ledger import payee_of

_OPEN = """
SELECT payee, sum(rupiah) AS rupiah FROM (
  SELECT {ledger} AS payee, g.rupiah FROM ledger g WHERE g.programme = :programme AND g.budget_year = :year
  UNION ALL
  SELECT {line}, -l.rupiah FROM disbursement_line l JOIN disbursement d ON d.id = l.disbursement_id
  WHERE d.programme = :programme AND d.budget_year = :year AND l.state = 'waiting'
) moved {payees} GROUP BY payee HAVING sum(rupiah) {which} ORDER BY payee
"""
_PARTS = {"ledger": payee_of("g"), "line": payee_of("l")}
_OWED = text(_OPEN.format(payees="", which="> 0", **_PARTS))
_TOO_MUCH = text(_OPEN.format(payees="WHERE payee = ANY(:payees)", which="< 0", **_PARTS))
_NEWEST = text("SELECT max(month) FROM ledger WHERE programme = :programme AND budget_year = :year")
_LINES = text(f"""
SELECT {payee_of("l")} AS payee, l.number FROM disbursement_line l
WHERE l.disbursement_id = :id AND l.state <> 'removed'
""")


def owed(work: Work, programme: Programme, year: int) -> list[tuple[str, int]]:
    """Payee and rupiah, of all to whom something is owed."""
    rows = work.read(_OWED, {"programme": programme, "year": year}).mappings()
    return [(row["payee"], int(row["rupiah"])) for row in rows]


def too_much(work: Work, programme: Programme, year: int, payees: Sequence[str]) -> set[str]:
    """Of these payees those for whom more is on its way than is owed."""
    told = {"programme": programme, "year": year, "payees": list(payees)}
    return {row["payee"] for row in work.read(_TOO_MUCH, told).mappings()}


def newest_month(work: Work, programme: Programme, year: int) -> date | None:
    """The latest for which anything was due in a budget year."""
    found: date | None = work.read(_NEWEST, {"programme": programme, "year": year}).scalar()
    return found


def lines(work: Work, disbursement_id: UUID) -> dict[str, int]:
    """Payees of a batch, with the number of the line."""
    return {row["payee"]: row["number"] for row in work.read(_LINES, {"id": disbursement_id}).mappings()}


def pupil_of(programme: Programme, payee: str) -> UUID | None:
    """The pupil who is paid, where it is not the school."""
    return None if programme is Programme.BOP else UUID(payee)
