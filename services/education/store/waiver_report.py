"""Figures of a term, by programme and school; a child is counted where it is now, money where it was earned."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import text

from chassis.work import Work

_BY_SCHOOL = text("""
WITH counted AS (
  SELECT a.programme, e.npsn, count(*) AS applications, 0 AS granted, 0 AS refused, 0 AS waivers, 0 AS pupil_months,
    0 AS due, 0 AS paid
  FROM application a LEFT JOIN enrolment e ON e.pupil_id = a.pupil_id AND e.to_on IS NULL
  WHERE a.school_year = :school_year AND a.term = :term GROUP BY 1, 2
  UNION ALL
  SELECT d.programme, e.npsn, 0, count(*) FILTER (WHERE d.outcome = 'granted'),
    count(*) FILTER (WHERE d.outcome = 'refused'), 0, 0, 0, 0
  FROM decision d LEFT JOIN enrolment e ON e.pupil_id = d.pupil_id AND e.to_on IS NULL
  WHERE d.school_year = :school_year AND d.term = :term GROUP BY 1, 2
  UNION ALL
  SELECT w.programme, e.npsn, 0, 0, 0, count(*), 0, 0, 0
  FROM waiver w LEFT JOIN enrolment e ON e.pupil_id = w.pupil_id AND e.to_on IS NULL
  WHERE w.school_year = :school_year AND w.term = :term AND w.state = 'active' GROUP BY 1, 2
  UNION ALL
  SELECT c.programme, c.npsn, 0, 0, 0, 0, count(*), 0, 0 FROM confirmed_month c
  WHERE c.month BETWEEN :first AND :last AND c.voided_at IS NULL GROUP BY 1, 2
  UNION ALL
  SELECT g.programme, g.npsn, 0, 0, 0, 0, 0, sum(g.rupiah), 0 FROM ledger g
  WHERE g.kind IN ('due', 'clawback') AND g.month BETWEEN :first AND :last GROUP BY 1, 2
  UNION ALL
  SELECT g.programme, g.npsn, 0, 0, 0, 0, 0, 0, -sum(g.rupiah) FROM ledger g
  WHERE g.kind IN ('paid', 'returned', 'repaid') AND g.at >= :since AND g.at < :until GROUP BY 1, 2)
SELECT c.programme, coalesce(s.kecamatan_code, '-') AS kecamatan_code, coalesce(c.npsn, '-') AS npsn,
  coalesce(s.name, '-') AS school, sum(c.applications) AS applications, sum(c.granted) AS granted,
  sum(c.refused) AS refused, sum(c.waivers) AS waivers, sum(c.pupil_months) AS pupil_months, sum(c.due) AS due,
  sum(c.paid) AS paid
FROM counted c LEFT JOIN school s ON s.npsn = c.npsn
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
""")
COUNTS = ("applications", "granted", "refused", "waivers", "pupil_months", "due", "paid")


def by_school(work: Work, school_year: str, term: int, first: date, last: date, **span: Any) -> list[dict[str, Any]]:
    """`span`: `since` and `until` of the payments."""
    told = {"school_year": school_year, "term": term, "first": first, "last": last, **span}
    rows = work.read(_BY_SCHOOL, told).mappings()
    return [{**row, **{name: int(row[name]) for name in COUNTS}} for row in rows]
