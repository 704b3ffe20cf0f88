"""Units reserved for pick-ups to come. To change a plan, lock its incident first (`incident_of`). The exclusion
constraint of the migration is the last guard: the plans of one unit never overlap."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Exists,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    exists,
    func,
    select,
    text,
)

from chassis.encrypted import decrypt, encrypt
from chassis.question import Question, array_of, is_one_of
from chassis.work import Work
from contracts.ambulance.pickup_values import PlanState

from ..domain.pickups import Span
from ..domain.plan import Plan
from .columns import Row, metadata, moment
from .incident import incident

LONGEST = timedelta(days=2)
"""No trip takes longer: its begin finds it by an index."""
UNTOLD = timedelta(hours=2)
"""How long a plan takes that was made by code that did not reckon its end."""

plan = Table(
    "plan",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, ForeignKey("incident.id"), nullable=False, index=True),
    Column("unit_id", Text, ForeignKey("unit.id"), nullable=False),
    moment("begins_at", required=True),
    moment("ends_at"),
    Column("facility_id", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text, comment="encrypted"),
    Column("version", Integer, nullable=False),
)
IS_PLANNED = text(f"plan.state = '{PlanState.PLANNED}'")
Index("uq_plan_incident_unit", plan.c.incident_id, plan.c.unit_id, unique=True, postgresql_where=IS_PLANNED)
Index("ix_plan_begins_at", plan.c.begins_at)
Index("ix_plan_unit", plan.c.unit_id, postgresql_where=IS_PLANNED)
_ENDS = func.coalesce(plan.c.ends_at, plan.c.begins_at + UNTOLD)
_OF_INCIDENTS = Question(
    select(plan).where(is_one_of(plan.c.incident_id, "ids"), IS_PLANNED).order_by(plan.c.begins_at, plan.c.id)
)


def add(work: Work, new: Plan) -> None:
    """Store a new plan."""
    fixed = {"incident_id": new.incident_id, "unit_id": new.unit_id}
    span = {"begins_at": new.begins_at, "ends_at": new.ends_at}
    work.insert(plan, id=new.id, facility_id=new.facility_id, **fixed, **span, **_values(work, new))


def save(work: Work, changed: Plan) -> None:
    """Store what changed of a plan that was loaded under its incident's lock."""
    work.update(plan, {"id": changed.id}, **_values(work, changed))


def get(work: Work, plan_id: UUID) -> Plan | None:
    """One plan."""
    return next(iter(_load(work, select(plan).where(plan.c.id == plan_id))), None)


def incident_of(work: Work, plan_id: UUID) -> UUID | None:
    """The incident of a plan, which never changes."""
    return work.read(select(plan.c.incident_id).where(plan.c.id == plan_id)).scalar()


def of_incidents(work: Work, incident_ids: Collection[UUID]) -> list[Plan]:
    """The open plans for incidents, the earliest first."""
    if not incident_ids:
        return []
    return [_entity(work, row) for row in work.ask(_OF_INCIDENTS, ids=array_of(incident_ids))]


def of_unit(work: Work, unit_id: str) -> list[Plan]:
    """The open plans of a unit, the earliest first."""
    return _open(work, plan.c.unit_id == unit_id)


def units_taken(work: Work, span: Span) -> set[str]:
    """The units that are planned for something else in that time."""
    overlap = (plan.c.begins_at < span.ends_at, span.begins_at < _ENDS)
    return set(work.read(select(plan.c.unit_id).where(IS_PLANNED, *overlap)).scalars())


class OfDay(NamedTuple):
    """A unit's trip of a day: planned still, or sent."""

    plan_id: UUID
    incident_id: UUID
    unit_id: str
    span: Span
    facility_id: str | None
    pickup_at: datetime
    sent: bool


def of_day(work: Work, begin: datetime, end: datetime) -> list[OfDay]:
    """What touches that time, by unit and the earliest first."""
    columns = (
        plan.c.id,
        plan.c.incident_id,
        plan.c.unit_id,
        plan.c.begins_at,
        _ENDS.label("ends_at"),
        plan.c.facility_id,
    )
    statement = (
        select(*columns, incident.c.pickup_at, plan.c.state)
        .join(incident, incident.c.id == plan.c.incident_id)
        .where(plan.c.begins_at < end, begin < _ENDS, plan.c.begins_at > begin - LONGEST)
        .where(plan.c.state.in_([PlanState.PLANNED, PlanState.SENT]))
        .order_by(plan.c.unit_id, plan.c.begins_at, plan.c.id)
    )
    return [
        OfDay(
            row.id,
            row.incident_id,
            row.unit_id,
            Span(row.begins_at, row.ends_at),
            row.facility_id,
            row.pickup_at,
            row.state == PlanState.SENT,
        )
        for row in work.read(statement)
    ]


def for_incident(incident_id: ColumnElement[UUID]) -> Exists:
    """Whether a unit is planned for that incident, as a condition for another table's query."""
    return exists().where(plan.c.incident_id == incident_id, IS_PLANNED)


def incidents_of_units() -> Select[Any]:
    """For use within another question: the incidents for which the `units` are planned (its parameter `units`)."""
    return select(plan.c.incident_id).where(is_one_of(plan.c.unit_id, "units", Text()), IS_PLANNED)


def _open(work: Work, condition: ColumnElement[bool]) -> list[Plan]:
    statement = select(plan).where(condition, IS_PLANNED).order_by(plan.c.begins_at, plan.c.id)
    return _load(work, statement)


def _load(work: Work, statement: Select[Any]) -> list[Plan]:
    return [_entity(work, row) for row in work.read(statement).mappings()]


def _values(work: Work, of: Plan) -> dict[str, Any]:
    return {"state": of.state, "reason": encrypt(work, of.reason, "plan.reason", of.id), "version": of.version}


def _entity(work: Work, row: Row) -> Plan:
    return Plan(
        id=row["id"],
        incident_id=row["incident_id"],
        unit_id=row["unit_id"],
        begins_at=row["begins_at"],
        ends_at=row["ends_at"] or row["begins_at"] + UNTOLD,
        facility_id=row["facility_id"],
        state=PlanState(row["state"]),
        reason=decrypt(work, row["reason"], "plan.reason", row["id"]),
        version=row["version"],
    )
