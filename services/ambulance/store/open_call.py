"""Open emergencies for the dispatch method: those that wait for a unit, and those to which one is on its way."""

from __future__ import annotations

from sqlalchemy import RowMapping, and_, exists, select

from chassis.work import Work
from contracts.ambulance.values import AssignmentState, IncidentClass, IncidentState, Triage

from ..domain.assignment import DIVERTIBLE
from ..domain.board import OpenCall
from ..domain.place import Place
from .assignment import IS_ACTIVE, assignment
from .columns import to_point
from .incident import incident

MOST = 100
"""Calls looked at in one decision, the oldest first; a surge beyond it is served as it shrinks."""

_NEED_A_UNIT = (IncidentState.RECEIVED, IncidentState.TRIAGED, IncidentState.DISPATCHING)
_earlier = assignment.alias()
_LOST = exists().where(_earlier.c.incident_id == incident.c.id, _earlier.c.state == AssignmentState.DIVERTED)
_COLUMNS = (
    incident.c.id,
    incident.c.triage,
    incident.c.opened_at,
    incident.c.longitude,
    incident.c.latitude,
    incident.c.kelurahan_code,
    incident.c.outside_city,
    _LOST.label("lost_unit"),
    assignment.c.id.label("assignment_id"),
    assignment.c.unit_id,
    (assignment.c.state == AssignmentState.EN_ROUTE).label("rolling"),
)
_OPEN = (
    select(*_COLUMNS)
    .select_from(incident.outerjoin(assignment, and_(assignment.c.incident_id == incident.c.id, IS_ACTIVE)))
    .where(
        incident.c.incident_class == IncidentClass.EMERGENCY,
        incident.c.state.in_(_NEED_A_UNIT),
        assignment.c.id.is_(None) | assignment.c.state.in_(sorted(DIVERTIBLE)),
    )
    .order_by(incident.c.opened_at, incident.c.id)
    .limit(MOST)
)


def all_open(work: Work) -> list[OpenCall]:
    """Of an incident with several units one entry for each unit that is on its way."""
    return [_entity(row) for row in work.read(_OPEN).mappings()]


def _entity(row: RowMapping) -> OpenCall:
    return OpenCall(
        incident_id=row["id"],
        triage=Triage(row["triage"]) if row["triage"] else None,
        opened_at=row["opened_at"],
        place=Place(to_point(row), row["kelurahan_code"], None, row["outside_city"]),
        lost_unit=row["lost_unit"],
        assignment_id=row["assignment_id"],
        unit_id=row["unit_id"],
        rolling=bool(row["rolling"]),
    )
