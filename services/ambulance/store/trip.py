"""Finished drives, out of which speeds are learned: to the scene, and from it to the hospital."""

from __future__ import annotations

from sqlalchemy import text

from chassis.work import Work
from contracts.ambulance.values import Milestone
from contracts.geography import Point

from ..domain.speeds import LOOK_BACK, Trip

MOST = 20_000
"""Trips looked at, the newest first: the city has about 1,500 in 90 days."""

_MILESTONE = "JOIN milestone AS {0} ON {0}.assignment_id = assignment.id AND {0}.milestone = '{0}'"
_JOIN = {one: _MILESTONE.format(str(one)) for one in Milestone}
# Where a unit started is what its crew sent along, else the last fix of the ten minutes before.
_TO_THE_SCENE = f"""SELECT coalesce(en_route.longitude, fix.longitude) AS from_longitude,
       coalesce(en_route.latitude, fix.latitude) AS from_latitude,
       coalesce(on_scene.longitude, incident.longitude) AS to_longitude,
       coalesce(on_scene.latitude, incident.latitude) AS to_latitude,
       en_route.at AS begun_at, on_scene.at AS ended_at
  FROM assignment JOIN incident ON incident.id = assignment.incident_id
  {_JOIN[Milestone.EN_ROUTE]} {_JOIN[Milestone.ON_SCENE]}
  LEFT JOIN LATERAL (
      SELECT longitude, latitude FROM position
       WHERE position.unit_id = assignment.unit_id AND NOT outlier AND en_route.longitude IS NULL
         AND position.at BETWEEN en_route.at - interval '10 minutes' AND en_route.at
       ORDER BY position.at DESC LIMIT 1) AS fix ON true
 WHERE assignment.dispatched_at > :since AND incident.incident_class = 'emergency'"""
# A trip that a hospital refused led to two places: left out.
_TO_THE_HOSPITAL = f"""SELECT coalesce(patient_loaded.longitude, incident.longitude),
       coalesce(patient_loaded.latitude, incident.latitude),
       facility.longitude, facility.latitude, patient_loaded.at, at_hospital.at
  FROM assignment JOIN incident ON incident.id = assignment.incident_id
  {_JOIN[Milestone.PATIENT_LOADED]} {_JOIN[Milestone.AT_HOSPITAL]}
  JOIN facility ON facility.id = assignment.facility_id
 WHERE assignment.dispatched_at > :since AND incident.incident_class = 'emergency'
   AND NOT EXISTS (SELECT FROM facility_refusal WHERE facility_refusal.assignment_id = assignment.id)"""
_FINISHED = text(
    f"""SELECT *, extract(epoch FROM ended_at - begun_at) AS seconds
    FROM ({_TO_THE_SCENE} UNION ALL {_TO_THE_HOSPITAL}) AS trip
    WHERE from_longitude IS NOT NULL AND to_longitude IS NOT NULL AND ended_at > begun_at
    ORDER BY begun_at DESC LIMIT {MOST}"""
)


def finished(work: Work) -> list[Trip]:
    """Of the last 90 days; corrected times count as corrected. Pick-ups without a siren teach nothing."""
    return [
        Trip(
            Point.model_construct(coordinates=(row.from_longitude, row.from_latitude)),
            Point.model_construct(coordinates=(row.to_longitude, row.to_latitude)),
            row.begun_at,
            float(row.seconds),
        )
        for row in work.read(_FINISHED, {"since": work.now - LOOK_BACK})
    ]
