"""A year's figures, counted from seats, decisions, loans, the ledger, grants."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import RowMapping, text

from chassis.work import Work

# Sums of money are of loans, people are counted once. Arrears: what was due by the day until which the bank's files
# cover the year, and not paid by value date; of frozen loans nothing is asked.
_ROWS = text("""
WITH fact (owner_id, kecamatan_code, size_class, what, rupiah) AS (
  SELECT s.owner_id, s.kecamatan_code, s.size_class, w.what, 0
  FROM seat s JOIN batch b ON b.id = s.batch_id AND b.kind = 'training'
  JOIN (VALUES ('trained'), ('passed')) AS w (what) ON w.what = 'trained' OR s.state = 'passed'
  WHERE s.state IN ('passed', 'failed') AND b.ends_at >= :begins_at AND b.ends_at < :ends_at
  UNION ALL
  SELECT o.owner_id, c.kecamatan_code, c.size_class, 'listed', 0
  FROM curation c JOIN listing l ON l.id = c.listing_id JOIN business o ON o.id = l.business_id
  WHERE c.published AND c.decided_at >= :begins_at AND c.decided_at < :ends_at
  UNION ALL
  SELECT owner_id, kecamatan_code, size_class, 'financed', rupiah FROM loan WHERE disbursed_on BETWEEN :first AND :last
  UNION ALL
  SELECT owner_id, kecamatan_code, size_class, 'repaid', 0 FROM loan WHERE settled_on BETWEEN :first AND :last
  UNION ALL
  SELECT l.owner_id, l.kecamatan_code, l.size_class, 'paid', -e.rupiah
  FROM capital_entry e JOIN loan l ON l.id = e.loan_id
  WHERE e.kind IN ('paid', 'covered', 'reversed') AND e.value_date BETWEEN :first AND :last
  UNION ALL
  SELECT l.owner_id, l.kecamatan_code, l.size_class, 'arrears', d.due - p.paid
  FROM loan l
  JOIN LATERAL (SELECT max(due_in_all) AS due FROM instalment WHERE loan_id = l.id AND due_on <= :until) d ON true
  JOIN LATERAL (
    SELECT coalesce(-sum(rupiah), 0) AS paid FROM capital_entry
    WHERE loan_id = l.id AND kind NOT IN ('disbursed', 'fee') AND value_date <= :until) p ON true
  WHERE l.disbursed_on <= :until AND l.frozen_before IS NULL AND d.due > p.paid
  UNION ALL
  SELECT owner_id, kecamatan_code, size_class, 'granted', granted_rupiah FROM grant_application
  WHERE state IN ('granted', 'handed_over') AND decided_at >= :begins_at AND decided_at < :ends_at
)
SELECT
  CASE WHEN grouping(f.kecamatan_code) = 1 THEN 'all' ELSE f.kecamatan_code END AS kecamatan_code,
  CASE WHEN grouping(f.size_class) = 1 THEN 'all' ELSE f.size_class END AS size_class,
  CASE WHEN grouping(w.sex) = 1 THEN 'all' ELSE w.sex END AS sex,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'trained') AS trained,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'passed') AS passed,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'listed') AS listed,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'financed') AS financed,
  coalesce(sum(f.rupiah) FILTER (WHERE f.what = 'financed'), 0) AS financed_rupiah,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'repaid') AS repaid,
  coalesce(sum(f.rupiah) FILTER (WHERE f.what = 'paid'), 0) AS paid_rupiah,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'arrears') AS in_arrears,
  coalesce(sum(f.rupiah) FILTER (WHERE f.what = 'arrears'), 0) AS arrears_rupiah,
  count(DISTINCT f.owner_id) FILTER (WHERE f.what = 'granted') AS granted,
  coalesce(sum(f.rupiah) FILTER (WHERE f.what = 'granted'), 0) AS granted_rupiah
FROM fact f JOIN owner w ON w.id = f.owner_id
GROUP BY GROUPING SETS ((), (f.kecamatan_code), (f.size_class), (w.sex), (f.kecamatan_code, f.size_class, w.sex))
ORDER BY grouping(f.kecamatan_code, f.size_class, w.sex) DESC, 1, 2, 3
""")
NEVER = date(1, 1, 1)


def rows(
    work: Work, begins_at: datetime, ends_at: datetime, days: tuple[date, date], covered_until: date | None
) -> list[RowMapping]:
    """The city first, then each kecamatan, class and sex, then all together. `days`: the year's first and last."""
    first, last = days
    told = {"begins_at": begins_at, "ends_at": ends_at, "first": first, "last": last}
    until = min(last, covered_until) if covered_until is not None else NEVER
    return list(work.read(_ROWS, {**told, "until": until}).mappings())
