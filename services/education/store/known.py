"""What is known of pupils when the rules are looked at (domain/eligibility/inputs.py)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, text

from chassis.work import Work
from contracts.education import AgreementState, Level, Ownership

from ..domain.eligibility.inputs import Inputs
from ..domain.eligibility.rules import Rules

KNOWN = """
WITH places AS (
  SELECT a.npsn, a.state, CAST(one->>'grade' AS int) AS grade, CAST(one->>'quota' AS int) AS quota
  FROM agreement a CROSS JOIN LATERAL jsonb_array_elements(a.places) AS one
  WHERE a.school_year = :school_year AND a.state <> 'ended'),
agreed AS (SELECT a.npsn, a.state FROM agreement a WHERE a.school_year = :school_year AND a.state <> 'ended'),
shown AS (
  SELECT v.pupil_id,
    max((v.shown_on - DATE '2000-01-01') * 10 - array_position(CAST(:residency AS text[]), v.kind))
      FILTER (WHERE v.resident) AS resident,
    max(v.shown_on) FILTER (WHERE NOT v.resident AND v.kind <> 'social_letter') AS elsewhere_on,
    max(v.shown_on) FILTER (WHERE v.kind = 'social_letter') AS letter_on
  FROM evidence v {shown} GROUP BY v.pupil_id)
SELECT p.id AS pupil_id, e.npsn, e.grade, s.level, s.ownership, agreed.state AS agreement,
  coalesce(places.quota, 0) AS places, shown.resident, shown.elsewhere_on, shown.letter_on,
  p.household_key IS NOT NULL AS household, w.decile, w.source AS decile_source, w.released_on AS decile_on
FROM pupil p
LEFT JOIN enrolment e ON e.pupil_id = p.id AND e.to_on IS NULL
LEFT JOIN school s ON s.npsn = e.npsn
LEFT JOIN agreed ON agreed.npsn = e.npsn
LEFT JOIN places ON places.npsn = e.npsn AND places.grade = e.grade
LEFT JOIN shown ON shown.pupil_id = p.id
LEFT JOIN welfare w ON w.household_key = p.household_key AND :means_tested
{pupils}
"""
RESIDENT_SINCE = date(2000, 1, 1)
"""`resident` is days since then, times ten, less the place of the kind in the rules' list: the latest, then the first
of the list, in one number, which is many times cheaper to find than by sorting."""
_OF_PUPILS = text(KNOWN.format(shown="WHERE v.pupil_id = ANY(:pupils)", pupils="WHERE p.id = ANY(:pupils)"))


def some(work: Work, rules: Rules, pupils: Collection[UUID]) -> dict[UUID, Inputs]:
    """Of these pupils."""
    told = {
        "school_year": rules.school_year,
        "residency": list(rules.residency),
        "means_tested": rules.means_tested,
        "pupils": list(pupils),
    }
    return {row["pupil_id"]: inputs(row, rules) for row in work.read(_OF_PUPILS, told).mappings()}


def inputs(row: RowMapping, rules: Rules) -> Inputs:
    """Of a row."""
    resident: int | None = row["resident"]
    days, place = divmod(-(resident or 0), 10)
    return Inputs(
        level=Level(row["level"]) if row["level"] else None,
        ownership=Ownership(row["ownership"]) if row["ownership"] else None,
        grade=row["grade"],
        agreement=AgreementState(row["agreement"]) if row["agreement"] else None,
        places=row["places"],
        resident_by=None if resident is None else rules.residency[place - 1],
        resident_on=None if resident is None else RESIDENT_SINCE - timedelta(days=days),
        elsewhere_on=row["elsewhere_on"],
        letter_on=row["letter_on"],
        household=row["household"],
        decile=row["decile"],
        decile_source=row["decile_source"],
        decile_on=row["decile_on"],
    )
