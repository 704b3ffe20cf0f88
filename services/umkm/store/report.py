"""A year's figures, counted from seats and decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, text

from chassis.work import Work

_ROWS = text("""
WITH fact AS (
  SELECT s.owner_id, s.kecamatan_code, s.size_class, s.state = 'passed' AS passed, true AS trained, false AS listed
  FROM seat s JOIN batch b ON b.id = s.batch_id AND b.kind = 'training'
  WHERE s.state IN ('passed', 'failed') AND b.ends_at >= :begins_at AND b.ends_at < :ends_at
  UNION ALL
  SELECT o.owner_id, c.kecamatan_code, c.size_class, false, false, true
  FROM curation c JOIN listing l ON l.id = c.listing_id JOIN business o ON o.id = l.business_id
  WHERE c.published AND c.decided_at >= :begins_at AND c.decided_at < :ends_at
)
SELECT
  CASE WHEN grouping(f.kecamatan_code) = 1 THEN 'all' ELSE f.kecamatan_code END AS kecamatan_code,
  CASE WHEN grouping(f.size_class) = 1 THEN 'all' ELSE f.size_class END AS size_class,
  CASE WHEN grouping(w.sex) = 1 THEN 'all' ELSE w.sex END AS sex,
  count(DISTINCT f.owner_id) FILTER (WHERE f.trained) AS trained,
  count(DISTINCT f.owner_id) FILTER (WHERE f.passed) AS passed,
  count(DISTINCT f.owner_id) FILTER (WHERE f.listed) AS listed
FROM fact f JOIN owner w ON w.id = f.owner_id
GROUP BY GROUPING SETS ((), (f.kecamatan_code), (f.size_class), (w.sex), (f.kecamatan_code, f.size_class, w.sex))
ORDER BY grouping(f.kecamatan_code, f.size_class, w.sex) DESC, 1, 2, 3
""")


def rows(work: Work, begins_at: datetime, ends_at: datetime) -> list[RowMapping]:
    """The city first, then each kecamatan, class and sex, then all together."""
    return list(work.read(_ROWS, {"begins_at": begins_at, "ends_at": ends_at}).mappings())
