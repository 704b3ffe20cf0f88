"""The ledger: rows are added, never changed (the database refuses it). What is due adds, what was paid takes away.

`settle` makes it equal to what is due by what is known now, whatever has changed: the difference is added as rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Identity, RowMapping, SmallInteger, Table, Text, Uuid, select, text

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListLedger, Programme

from .columns import metadata, moment
from .month import AT_SCHOOL, COVERED
from .school import KIND

ledger = Table(
    "ledger",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("programme", Text, nullable=False),
    Column("payee", Text, nullable=False, comment="NPSN, or the pupil's id where the pupil is paid"),
    Column("npsn", Text, nullable=False),
    Column("pupil_id", Uuid),
    Column("month", Date),
    Column("budget_year", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
    Column("claim_id", Uuid),
    Column("line_id", Uuid),
    moment("at", required=True),
    Column("by", Text, nullable=False),
)
Group = tuple[str, str, date]
"""School, programme, month."""


def payee_of(table: str) -> str:
    """SQL: whom a row is about by now, when two entries of a pupil have become one."""
    now = f"(SELECT a.pupil_id FROM pupil_alias a WHERE a.id = {table}.pupil_id)"
    paid_to_pupil = f"{table}.payee = CAST({table}.pupil_id AS text)"
    return f"CASE WHEN {paid_to_pupil} THEN CAST(coalesce({now}, {table}.pupil_id) AS text) ELSE {table}.payee END"


_SCOPE = """
WITH scope AS (
  SELECT npsn, programme, month FROM unnest(CAST(:npsns AS text[]), CAST(:programmes AS text[]),
    CAST(:months AS date[])) AS told (npsn, programme, month))
"""
_VOID = text(f"""
{_SCOPE}
UPDATE confirmed_month c SET voided_at = :now, void_reason = :cause
FROM scope s WHERE c.npsn = s.npsn AND c.programme = s.programme AND c.month = s.month AND c.voided_at IS NULL
  AND NOT (
    EXISTS (SELECT FROM enrolment e WHERE e.pupil_id = c.pupil_id AND e.npsn = c.npsn
      AND {AT_SCHOOL.format(month="c.month")})
    AND EXISTS (SELECT FROM waiver w WHERE w.pupil_id = c.pupil_id AND w.programme = c.programme
      AND {COVERED.format(month="c.month")}))
""")
_SETTLE = text(f"""
{_SCOPE},
live AS (
  SELECT c.npsn, c.programme, c.month, c.pupil_id, c.grade, c.claim_id, row_number() OVER (
    PARTITION BY c.npsn, c.programme, c.month, c.grade ORDER BY c.confirmed_at, c.id) AS place
  FROM scope JOIN confirmed_month c USING (npsn, programme, month)
  JOIN claim k ON k.id = c.claim_id AND k.state = 'approved'
  WHERE c.voided_at IS NULL),
due AS (
  SELECT live.*, CASE WHEN r.quota IS NULL OR live.place <= r.quota THEN r.monthly_rupiah ELSE 0 END AS rupiah
  FROM live JOIN place_rate r USING (npsn, programme, month, grade)),
had AS (
  SELECT npsn, programme, month, coalesce(a.pupil_id, g.pupil_id) AS pupil_id, sum(g.rupiah) AS rupiah
  FROM scope JOIN ledger g USING (npsn, programme, month) LEFT JOIN pupil_alias a ON a.id = g.pupil_id
  WHERE g.kind IN ('due', 'clawback') GROUP BY npsn, programme, month, coalesce(a.pupil_id, g.pupil_id))
INSERT INTO ledger (programme, payee, npsn, pupil_id, month, budget_year, kind, rupiah, cause, claim_id, at, by)
SELECT programme, CASE programme WHEN 'bop' THEN npsn ELSE CAST(pupil_id AS text) END, npsn, pupil_id, month,
  extract(year FROM month), CASE WHEN coalesce(due.rupiah, 0) > coalesce(had.rupiah, 0) THEN 'due' ELSE 'clawback' END,
  coalesce(due.rupiah, 0) - coalesce(had.rupiah, 0), :cause, due.claim_id, :now, :by
FROM due FULL JOIN had USING (npsn, programme, month, pupil_id)
WHERE coalesce(due.rupiah, 0) <> coalesce(had.rupiah, 0)
ORDER BY 3, 1, 5, 4
RETURNING rupiah
""")
# A plan made while a table was empty would read all of it for ever.
_PLAN = text("SET LOCAL plan_cache_mode = 'force_custom_plan'")
_GROUPS = text("""
SELECT DISTINCT npsn, programme, month FROM confirmed_month WHERE pupil_id = ANY(:pupils) AND voided_at IS NULL
UNION SELECT DISTINCT npsn, programme, month FROM ledger WHERE pupil_id = ANY(:pupils)
ORDER BY npsn, programme, month
""")
_DUE = text("""
SELECT programme, month, pupil_id, sum(rupiah) AS rupiah FROM ledger
WHERE npsn = :npsn AND pupil_id = ANY(:pupils) AND kind IN ('due', 'clawback') GROUP BY programme, month, pupil_id
""")
_GROUPS_OF_ROSTER = text("""
SELECT DISTINCT c.npsn, c.programme, c.month FROM roster_before b
JOIN confirmed_month c ON c.pupil_id = b.pupil_id AND c.voided_at IS NULL
WHERE b.roster_id = :roster ORDER BY c.npsn, c.programme, c.month
""")
_SCHOOLS = text("""
SELECT DISTINCT ON (p.id) p.id, g.npsn FROM (
  SELECT id, id AS entry FROM unnest(CAST(:pupils AS uuid[])) AS told (id)
  UNION ALL SELECT pupil_id, id FROM pupil_alias WHERE pupil_id = ANY(:pupils)) p
JOIN ledger g ON g.pupil_id = p.entry ORDER BY p.id, g.number DESC
""")
_BALANCE = text("""
SELECT coalesce(sum(rupiah), 0) FROM ledger WHERE programme = :programme AND budget_year = :year AND payee = :payee
""")


def groups_of(work: Work, pupils: Collection[UUID]) -> list[Group]:
    """Months of schools in which these pupils are."""
    rows = work.read(_GROUPS, {"pupils": list(pupils)}).mappings()
    return [(row["npsn"], row["programme"], row["month"]) for row in rows if row["month"] is not None]


def groups_of_roster(work: Work, roster_id: UUID) -> list[Group]:
    """Months in which pupils of a roster are."""
    rows = work.read(_GROUPS_OF_ROSTER, {"roster": roster_id}).mappings()
    return [(row["npsn"], row["programme"], row["month"]) for row in rows]


def void(work: Work, groups: Collection[Group], cause: str) -> None:
    """Confirmations that do not hold by what is known now."""
    work.read(_VOID, {**_scope(groups), "now": work.now, "cause": cause})


def settle(work: Work, groups: Collection[Group], cause: str) -> int:
    """Make the ledger equal to what is due in these months; returns by how much that changed, in rupiah."""
    if not groups:
        return 0
    work.read(_PLAN)
    void(work, groups, cause)
    told = {**_scope(groups), "now": work.now, "cause": cause, "by": work.actor.subject}
    return int(sum(work.read(_SETTLE, told).scalars()))


def _scope(groups: Collection[Group]) -> dict[str, list[Any]]:
    npsns, programmes, months = (list(column) for column in zip(*sorted(groups), strict=True))
    return {"npsns": npsns, "programmes": programmes, "months": months}


def due_of(work: Work, npsn: str, pupils: Collection[UUID]) -> dict[tuple[str, date, UUID], int]:
    """What is due of some pupils' months at a school, by programme, month and pupil."""
    rows = work.read(_DUE, {"npsn": npsn, "pupils": list(pupils)}).mappings()
    return {(row["programme"], row["month"], row["pupil_id"]): int(row["rupiah"]) for row in rows}


def add(work: Work, **values: Any) -> None:
    """A movement of money."""
    work.insert(ledger, at=work.now, by=work.actor.subject, **values)


def add_now(work: Work, **values: Any) -> RowMapping:
    """A movement of money; returns the row."""
    new = ledger.insert().values(at=work.now, by=work.actor.subject, **values)
    return work.read(new.returning(*ledger.columns)).mappings().one()


def has_cause(work: Work, payee: str, cause: str) -> bool:
    """Whether a row of a payee has this cause."""
    wanted = select(ledger.c.number).where(ledger.c.payee == payee, ledger.c.cause == cause).limit(1)
    return work.read(wanted).first() is not None


def balance(work: Work, programme: Programme, year: int, payee: str) -> int:
    """What is owed to a payee; below 0, what they owe."""
    told = {"programme": programme, "year": year, "payee": payee}
    return int(work.read(_BALANCE, told).scalar() or 0)


def schools_of(work: Work, pupils: Collection[UUID]) -> dict[UUID, str]:
    """The school at which something became due to each pupil last, maybe under an entry that was joined to this one."""
    rows = work.read(_SCHOOLS, {"pupils": list(pupils)}).mappings()
    return {row["id"]: row["npsn"] for row in rows}


def pages(work: Work, query: ListLedger) -> tuple[list[Any], str | None]:
    """Oldest first; only rows of schools that the caller may see."""
    statement = select(ledger)
    if KIND in work.actor.rows:
        statement = statement.where(ledger.c.npsn.in_(work.actor.rows[KIND]))
    for name in ("npsn", "programme", "budget_year", "pupil_id"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(ledger.c[name] == value)
    return page(work, statement, query, ledger.c.number)
