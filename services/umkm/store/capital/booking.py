"""A whole file matched and booked by a few statements, in one transaction: every line once, or none.

First what came back of earlier files, then payments, then what came back of this one. A line that can't be booked, or
not all of it, waits; one that is known from another file is passed over and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, Table, Text, text

from chassis.work import Work

_COLUMNS = ("at_row", "kind", "transaction", "reference", "payer_reference", "value_date", "rupiah", "problem", "sent")
staged_line = Table(
    "staged_line",
    MetaData(),  # a temporary table, made and dropped by each transaction
    Column("at_row", Integer),
    *(Column(name, Text) for name in ("kind", "transaction", "reference", "payer_reference")),
    Column("value_date", Date),
    Column("rupiah", BigInteger),
    *(Column(name, Text) for name in ("problem", "sent")),
)
_STAGE = text("""
CREATE TEMPORARY TABLE staged_line (at_row integer, kind text, transaction text, reference text, payer_reference text,
  value_date date, rupiah bigint, problem text, sent text) ON COMMIT DROP
""")
_ANALYZE = text("ANALYZE staged_line")
_KNOWN = """
WHEN k.transaction IS NOT NULL AND (k.kind, k.reference, k.value_date, k.rupiah, coalesce(k.payer_reference, ''))
  = (s.kind, s.reference, s.value_date, s.rupiah, coalesce(s.payer_reference, '')) THEN 'already'
WHEN k.transaction IS NOT NULL THEN 'other_sum'
"""
_JOIN_KNOWN = "bank_line k ON k.transaction = s.transaction AND k.problem IS DISTINCT FROM 'other_sum'"
_CREDITS = text(f"""
WITH told AS MATERIALIZED (
  SELECT s.*, l.id AS loan_id, p.id AS payer_loan_id, CASE WHEN s.problem IS NOT NULL THEN s.problem {_KNOWN}
    WHEN l.id IS NULL THEN 'unknown_reference'
    WHEN s.value_date < l.disbursed_on THEN 'before_disbursement'
    WHEN s.kind = 'cover' AND p.id IS NULL THEN 'unknown_reference'
    WHEN s.kind = 'cover' AND p.id = l.id THEN 'own_loan'
    WHEN s.kind = 'cover' AND p.group_id <> l.group_id THEN 'other_group'
    WHEN s.kind = 'cover' AND l.state = 'frozen' THEN 'frozen' END AS why
  FROM staged_line s LEFT JOIN {_JOIN_KNOWN}
  LEFT JOIN loan l ON l.reference = s.reference LEFT JOIN loan p ON p.reference = s.payer_reference
  WHERE s.kind <> 'reversal'),
balance AS (
  SELECT loan_id, sum(rupiah) AS owed FROM capital_entry
  WHERE loan_id IN (SELECT loan_id FROM told WHERE why IS NULL) GROUP BY loan_id),
share AS MATERIALIZED (
  SELECT told.*, CASE WHEN why IS NULL THEN greatest(0, least(rupiah, b.owed - (
    sum(rupiah) FILTER (WHERE why IS NULL) OVER (PARTITION BY told.loan_id ORDER BY at_row) - rupiah)))
    ELSE 0 END AS booked
  FROM told LEFT JOIN balance b ON b.loan_id = told.loan_id WHERE why IS DISTINCT FROM 'already'),
line AS (
  INSERT INTO bank_line (bank_file_id, at_row, kind, state, transaction, reference, payer_reference, value_date, rupiah,
    booked, problem, sent, loan_id)
  SELECT :file, at_row, kind, CASE WHEN why IS NULL AND booked = rupiah THEN 'booked' ELSE 'waiting' END, transaction,
    reference, payer_reference, value_date, rupiah, booked,
    coalesce(why, CASE WHEN booked < rupiah THEN 'overpaid' END), sent, loan_id
  FROM share),
entry AS (
  INSERT INTO capital_entry (loan_id, kind, rupiah, value_date, payer_loan_id, bank_file_id, at_row, at, by)
  SELECT loan_id, CASE kind WHEN 'cover' THEN 'covered' ELSE 'paid' END, -booked, value_date, payer_loan_id, :file,
    at_row, :now, :by
  FROM share WHERE booked > 0 ORDER BY at_row)
SELECT (SELECT count(*) FROM told WHERE why = 'already')
""")
_REVERSALS = """
WITH told AS MATERIALIZED (
  SELECT s.*, o.bank_file_id AS origin_file, o.at_row AS origin_row, o.booked AS origin_booked, o.loan_id,
    CASE WHEN s.problem IS NOT NULL THEN s.problem {known}
      WHEN o.transaction IS NULL THEN 'unknown_transaction'
      WHEN o.state = 'reversed' OR row_number() OVER (PARTITION BY s.reference ORDER BY s.at_row) > 1
        THEN 'reversed_before'
      WHEN s.rupiah <> o.rupiah THEN 'other_sum' END AS why
  FROM staged_line s LEFT JOIN {join_known}
  LEFT JOIN bank_line o ON o.transaction = s.reference AND o.problem IS DISTINCT FROM 'other_sum'
    AND o.kind <> 'reversal'
  WHERE s.kind = 'reversal' AND {phase}),
line AS (
  INSERT INTO bank_line (bank_file_id, at_row, kind, state, transaction, reference, value_date, rupiah, booked, problem,
    loan_id)
  SELECT :file, at_row, kind, CASE WHEN why IS NULL THEN 'booked' ELSE 'waiting' END, transaction, reference,
    value_date, rupiah, CASE WHEN why IS NULL THEN origin_booked ELSE 0 END, why, loan_id
  FROM told WHERE why IS DISTINCT FROM 'already'),
origin AS (
  UPDATE bank_line b SET state = 'reversed' FROM told
  WHERE why IS NULL AND b.bank_file_id = origin_file AND b.at_row = origin_row),
entry AS (
  INSERT INTO capital_entry (loan_id, kind, rupiah, value_date, payer_loan_id, bank_file_id, at_row, at, by)
  SELECT e.loan_id, 'reversed', -e.rupiah, e.value_date, e.payer_loan_id, :file, told.at_row, :now, :by
  FROM told JOIN capital_entry e ON e.bank_file_id = origin_file AND e.at_row = origin_row
  WHERE why IS NULL ORDER BY told.at_row, e.number)
SELECT (SELECT count(*) FROM told WHERE why = 'already')
"""
_EARLIER = "o.transaction IS NOT NULL"
_REST = "NOT EXISTS (SELECT FROM bank_line d WHERE d.bank_file_id = :file AND d.at_row = s.at_row)"


def _reversals(phase: str) -> Any:
    return text(_REVERSALS.format(known=_KNOWN, join_known=_JOIN_KNOWN, phase=phase))


_OF_EARLIER, _OF_THIS = _reversals(_EARLIER), _reversals(_REST)
_OUTCOME = text("""
SELECT count(*) FILTER (WHERE state = 'booked' OR state = 'reversed') AS booked,
  count(*) FILTER (WHERE state = 'waiting') AS waiting,
  coalesce(sum(CASE kind WHEN 'reversal' THEN -booked ELSE booked END), 0) AS rupiah
FROM bank_line WHERE bank_file_id = :file
""")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines were booked whole, how many wait, how many rupiah went into the ledger."""

    booked: int
    waiting: int
    rupiah: int


def stage(work: Work, lines: Iterable[tuple[Any, ...]]) -> None:
    """Lines as they were read."""
    work.read(_STAGE)
    work.copy(staged_line, _COLUMNS, lines)
    work.read(_ANALYZE)


def book(work: Work, file_id: UUID, *, reversals: bool) -> Outcome:
    """Match and book what was staged. The turn of the ledger is taken."""
    told = {"file": file_id, "now": work.now, "by": work.actor.subject}
    if reversals:
        work.read(_OF_EARLIER, told)
    work.read(_CREDITS, told)
    if reversals:
        work.read(_OF_THIS, told)
    row = work.read(_OUTCOME, {"file": file_id}).mappings().one()
    return Outcome(row["booked"], row["waiting"], int(row["rupiah"]))
