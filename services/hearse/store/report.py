"""Counts of a period for the city's report: no person is in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text

from chassis.work import Work

# Requested in the period; a draft that the family never completed was asked for by nobody.
_REPORT = text("""
SELECT coalesce(substr(b.pickup_kelurahan_code, 1, 8), '') AS kecamatan_code, b.destination_kind,
  count(*) AS asked,
  count(*) FILTER (WHERE b.state IN ('delivered', 'completed')) AS served,
  count(*) FILTER (WHERE b.state = 'rejected') AS rejected,
  count(*) FILTER (WHERE b.state = 'cancelled') AS cancelled,
  count(*) FILTER (WHERE b.state = 'expired') AS expired,
  count(*) FILTER (WHERE b.unavailable_at IS NOT NULL) AS no_vehicle,
  coalesce(string_agg(DISTINCT b.reason, ' ') FILTER (WHERE b.state = 'rejected'), '') AS rejection_reasons,
  round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY m.at - b.requested_at)) / 60) AS waiting_p50,
  round(extract(epoch FROM percentile_cont(0.9) WITHIN GROUP (ORDER BY m.at - b.requested_at)) / 60) AS waiting_p90,
  round(coalesce(sum(t.kilometres) FILTER (WHERE b.state IN ('delivered', 'completed')), 0)::numeric, 1) AS kilometres
FROM booking b
LEFT JOIN trip t ON t.booking_id = b.id AND t.state IN ('under_way', 'ended')
LEFT JOIN trip_milestone m ON m.trip_id = t.id AND m.milestone = 'picked_up'
WHERE b.requested_at >= :begins_at AND b.requested_at < :ends_at
GROUP BY 1, 2 ORDER BY 1, 2
""")


def rows(work: Work, begins_at: datetime, ends_at: datetime) -> list[Mapping[str, Any]]:
    """One row for each kecamatan and kind of destination; the columns are those of the file."""
    return [dict(row) for row in work.read(_REPORT, {"begins_at": begins_at, "ends_at": ends_at}).mappings()]
