"""Budgets of programmes and years, with what is owed, paid and on its way."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, Table, Text, select, text

from chassis.work import Work
from contracts.education import Programme

from ..domain.budget import Budget
from .columns import locked, metadata
from .ledger import payee_of

budget = Table(
    "budget",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("budget_year", SmallInteger, primary_key=True),
    Column("rupiah", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
_USED = text(f"""
WITH balance AS (
  SELECT {payee_of("g")} AS payee, sum(g.rupiah) AS rupiah FROM ledger g
  WHERE g.programme = :programme AND g.budget_year = :year GROUP BY 1)
SELECT
  coalesce((SELECT sum(rupiah) FROM balance WHERE rupiah > 0), 0) AS owed,
  -coalesce((SELECT sum(rupiah) FROM balance WHERE rupiah < 0), 0) AS receivable,
  -coalesce((SELECT sum(rupiah) FROM ledger WHERE programme = :programme AND budget_year = :year
    AND kind IN ('paid', 'returned', 'repaid')), 0) AS paid,
  coalesce((SELECT sum(l.rupiah) FROM disbursement_line l JOIN disbursement d ON d.id = l.disbursement_id
    WHERE d.programme = :programme AND d.budget_year = :year AND l.state = 'waiting'), 0) AS on_its_way
""")


def some(work: Work, programme: Programme | None = None) -> list[Budget]:
    """By year, the latest first."""
    statement = select(budget).order_by(budget.c.budget_year.desc(), budget.c.programme)
    if programme is not None:
        statement = statement.where(budget.c.programme == programme)
    return [_entity(row) for row in work.read(statement).mappings()]


def get(work: Work, programme: Programme, year: int, *, lock: bool = False) -> Budget | None:
    """One."""
    wanted = select(budget).where(budget.c.programme == programme, budget.c.budget_year == year)
    row = work.read(locked(wanted, lock)).mappings().first()
    return _entity(row) if row else None


def put(work: Work, changed: Budget) -> None:
    """A new one, or one that was loaded with a lock."""
    values = asdict(changed)
    work.upsert(budget, {"programme": values.pop("programme"), "budget_year": values.pop("budget_year")}, **values)


def used(work: Work, programme: Programme, year: int) -> dict[str, int]:
    """`owed`, `receivable`, `paid`, `on_its_way`, in rupiah."""
    row = work.read(_USED, {"programme": programme, "year": year}).mappings().one()
    return {name: int(value) for name, value in row.items()}


def _entity(row: Any) -> Budget:
    return Budget(**{**row, "programme": Programme(row["programme"])})
