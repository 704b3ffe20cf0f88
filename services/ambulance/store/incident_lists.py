"""Lists of incidents: the newest first, and those with a pick-up time.

Each combination of filters is a question of its own, built when it is first asked.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, or_, select

from chassis.paging import PagedQuestion
from chassis.question import given
from chassis.work import Work
from contracts.ambulance.pickup_values import PickupUnit
from contracts.ambulance.requests.dispatch import ListIncidents, ListPickups
from contracts.ambulance.values import IncidentState

from ..domain.deadlines import AWAITING_ARRIVAL
from ..domain.incident import Incident
from . import assignment as assignments
from . import plan as plans
from .incident import IS_OPEN, entities, incident

MOST_A_DAY = 500
"""A city asks for some ten a day."""


def pickups(work: Work, query: ListPickups, units: Collection[str] | None = None) -> tuple[list[Incident], str | None]:
    """Open regular requests with a pick-up time, the earliest first; of some units only, if they are named."""
    asked = _pickups(query.before is not None, query.unit, units is not None)
    values = {"before": query.before} if query.before else {}
    rows, cursor = asked.ask(work, query, **values, **_units(units))
    return entities(work, rows), cursor


@cache
def _pickups(before: bool, unit: PickupUnit | None, of_units: bool) -> PagedQuestion:
    statement = select(incident).where(incident.c.pickup_at.is_not(None), incident.c.state != IncidentState.CLOSED)
    if before:
        statement = statement.where(incident.c.pickup_at < given("before"))
    if unit:
        waits = _waits_unserved()
        statement = statement.where(waits if unit is PickupUnit.UNASSIGNED else ~waits)
    return PagedQuestion(statement.where(*_of_units(of_units)), incident.c.pickup_at, incident.c.id)


def unassigned(work: Work, begin: datetime, end: datetime) -> list[Incident]:
    """Pick-ups of that time that wait for a unit and have none planned, the earliest first."""
    statement = (
        select(incident)
        .where(incident.c.pickup_at >= begin, incident.c.pickup_at < end, IS_OPEN, _waits_unserved())
        .order_by(incident.c.pickup_at, incident.c.id)
        .limit(MOST_A_DAY)
    )
    return entities(work, work.read(statement).mappings())


def _waits_unserved() -> ColumnElement[bool]:
    served = assignments.going_to(incident.c.id) | plans.for_incident(incident.c.id)
    return incident.c.state.in_(AWAITING_ARRIVAL) & ~served


def newest(work: Work, query: ListIncidents, units: Collection[str] | None = None) -> tuple[list[Incident], str | None]:
    """Newest first, with patients; of some units only, if they are named."""
    asked = _newest(query.state is not None, query.open, query.outside_city, units is not None)
    values = {"state": query.state} if query.state else {}
    rows, cursor = asked.ask(work, query, **values, **_units(units))
    return entities(work, rows), cursor


@cache
def _newest(state: bool, is_open: bool | None, outside_city: bool | None, of_units: bool) -> PagedQuestion:
    statement = select(incident).where(*_of_units(of_units))
    if state:
        statement = statement.where(incident.c.state == given("state"))
    if is_open is not None:
        statement = statement.where(IS_OPEN if is_open else incident.c.state == IncidentState.CLOSED)
    if outside_city is not None:
        statement = statement.where(incident.c.outside_city == outside_city)
    return PagedQuestion(statement, incident.c.opened_at, incident.c.id, newest_first=True)


def _of_units(named: bool) -> list[ColumnElement[bool]]:
    served, planned = assignments.incidents_of_units(), plans.incidents_of_units()
    return [or_(incident.c.id.in_(served), incident.c.id.in_(planned))] if named else []


def _units(units: Collection[str] | None) -> dict[str, list[str]]:
    return {} if units is None else {"units": list(units)}
