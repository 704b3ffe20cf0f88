"""How long everything took: one narrow row for each assignment, reckoned anew from the rows of its incident whenever
one of them was changed, in the same transaction. Reports read nothing else, and what they are by is a number where it
can be: a million texts take half as long again to sort.

Seconds, from milestones as corrected; null while one of the two moments is not known. On the row of an incident's
first assignment stands `call_to_dispatch`, on that of the unit that reached the patient first `response`.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Boolean, Column, Index, Integer, SmallInteger, Table, Text, Uuid, text

from chassis.work import Work
from contracts.ambulance.report_values import Measure
from contracts.ambulance.values import Milestone

from .columns import metadata, moment

response = Table(
    "response",
    metadata,
    Column("assignment_id", Uuid, primary_key=True),
    Column("incident_id", Uuid, nullable=False),
    moment("opened_at", required=True),
    Column("incident_class", Text, nullable=False),
    Column("triage", Text),
    Column("kecamatan", Integer, comment="its code without the dots"),
    Column("hour", SmallInteger, nullable=False, comment="in which the incident was told, WIB"),
    Column("base", Integer, nullable=False, comment="of the unit when it was sent, as `base_of` reads it"),
    Column("first", Boolean, nullable=False, comment="of its incident"),
    *(Column(measure, Integer) for measure in Measure),
    Index("ix_response_incident_id", "incident_id"),
    Index("ix_response_opened_at", "opened_at"),
)

_STEP, _ROW, _WEST, _SOUTH = 1000, 30_000, 90, -15
"""A base as a number that fits into 31 bits: thousandths of a degree (111 m) from a corner south-west of Indonesia."""
_BASE = f"""round((unit.base_longitude - {_WEST}) * {_STEP})::int * {_ROW}
       + round((unit.base_latitude - {_SOUTH}) * {_STEP})::int"""
_MOMENT = ", ".join(f"max(at) FILTER (WHERE milestone = '{one}') AS {one}" for one in Milestone)
_ARRIVED = "coalesce(on_scene, patient_loaded, at_hospital, handed_over, completed)"
_STEPS = {
    Measure.TURNOUT: ("dispatched_at", "en_route"),
    Measure.TRAVEL: ("en_route", "on_scene"),
    Measure.SCENE: ("on_scene", "patient_loaded"),
    Measure.TRANSPORT: ("patient_loaded", "at_hospital"),
    Measure.HAND_OVER: ("at_hospital", "handed_over"),
    Measure.TOTAL: ("told", "coalesce(handed_over, completed)"),
}


def _seconds(begun: str, ended: str, condition: str = "true") -> str:
    known = f"{ended} - {begun} IS NOT NULL"  # greatest() passes over a null
    return f"CASE WHEN {condition} AND {known} THEN greatest(0, extract(epoch FROM {ended} - {begun}))::int END"


_FIGURES = {
    Measure.CALL_TO_DISPATCH: _seconds("opened_at", "dispatched_at", "place = 1 AND pickup_at IS NULL"),
    Measure.RESPONSE: _seconds("told", _ARRIVED, "arrival = 1"),
    **{measure: _seconds(*step) for measure, step in _STEPS.items()},
}
_REFRESH = f"""
WITH trip AS (
    SELECT assignment.id, assignment.incident_id, assignment.unit_id, dispatched_at, opened_at, incident_class, triage,
           kelurahan_code, pickup_at, coalesce(pickup_at, opened_at) AS told, done.*,
           row_number() OVER (PARTITION BY incident_id ORDER BY dispatched_at, assignment.id) AS place,
           CASE WHEN {_ARRIVED} IS NOT NULL THEN
               row_number() OVER (PARTITION BY incident_id ORDER BY {_ARRIVED} NULLS LAST, assignment.id) END AS arrival
      FROM assignment JOIN incident ON incident.id = assignment.incident_id
      LEFT JOIN LATERAL (SELECT {_MOMENT} FROM milestone WHERE assignment_id = assignment.id) AS done ON true
     WHERE {{which}})
INSERT INTO response (assignment_id, incident_id, opened_at, incident_class, triage, kecamatan, hour, base, first,
                      {", ".join(_FIGURES)})
SELECT trip.id, incident_id, opened_at, incident_class, triage, replace(left(kelurahan_code, 8), '.', '')::int,
       extract(hour FROM told AT TIME ZONE 'Asia/Jakarta')::smallint,
       {_BASE}, place = 1,
       {", ".join(_FIGURES.values())}
  FROM trip JOIN unit ON unit.id = trip.unit_id
ON CONFLICT (assignment_id) DO UPDATE SET
    triage = EXCLUDED.triage, kecamatan = EXCLUDED.kecamatan, incident_class = EXCLUDED.incident_class,
    first = EXCLUDED.first, {", ".join(f"{one} = EXCLUDED.{one}" for one in _FIGURES)}
"""
_OF_ONE = text(_REFRESH.format(which="incident.id = :incident_id"))


def changed(work: Work, incident_id: UUID) -> None:
    """Something of this incident, its assignments or their milestones was written: reckon anew before the commit."""

    def reckon(last: Work) -> None:
        last.read(_OF_ONE, {"incident_id": incident_id})

    work.lastly((response.name, incident_id), reckon)


def base_of(number: int) -> str:
    """Longitude and latitude of a base, as text: 106.632,-6.172."""
    east, north = divmod(number, _ROW)
    return f"{_WEST + east / _STEP:.3f},{_SOUTH + north / _STEP:.3f}"
