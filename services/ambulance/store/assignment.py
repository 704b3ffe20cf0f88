"""Assignments. The partial unique index is the last guard: one unit never has two active ones.

Milestones are rows of milestone.py's table. To change an assignment, lock its incident first (`incident_of`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation
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
from contracts.ambulance.values import AssignmentState, Milestone

from ..domain.assignment import ACTIVE, ENDED, Assignment
from ..domain.destination import Destination
from ..domain.milestone import MilestoneRecord
from . import milestone as milestones
from . import response
from .columns import Row, locked, metadata, moment

ONE_ACTIVE = "uq_assignment_active_unit"

assignment = Table(
    "assignment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, ForeignKey("incident.id"), nullable=False, index=True),
    Column("unit_id", Text, ForeignKey("unit.id"), nullable=False),
    Column("state", Text, nullable=False),
    moment("dispatched_at", required=True),
    Column("expected_seconds", Integer),
    Column("facility_id", Text),
    moment("facility_asked_at"),
    moment("facility_accepted_at"),
    Column("reason", Text, comment="encrypted"),
    moment("ended_at"),
    moment("unacknowledged_at"),
    Column("version", Integer, nullable=False),
)
IS_ACTIVE = text("assignment.state IN ({})".format(", ".join(f"'{state}'" for state in sorted(ACTIVE))))
# Literal states: with parameters a generic plan could not use the partial index.
_SERVES = assignment.c.state.not_in(sorted(ENDED))
Index(ONE_ACTIVE, assignment.c.unit_id, unique=True, postgresql_where=IS_ACTIVE)
Index("ix_assignment_facility_id", assignment.c.facility_id, assignment.c.dispatched_at)
_ACTIVE = Question(select(assignment.c.unit_id, assignment.c.id).where(IS_ACTIVE))
_OF_INCIDENTS = Question(
    select(assignment)
    .where(is_one_of(assignment.c.incident_id, "ids"))
    .order_by(assignment.c.dispatched_at, assignment.c.id)
)


class UnitHasActiveAssignment(Exception):
    """The unique index refused a second active assignment; the transaction is lost and must be rolled back."""


def add(work: Work, new: Assignment) -> None:
    """Store a new assignment at once. Raises UnitHasActiveAssignment.

    What ends the unit's assignment before it goes first: within one statement the order would not be certain.
    """
    work.flush()
    work.insert(
        assignment,
        id=new.id,
        incident_id=new.incident_id,
        unit_id=new.unit_id,
        dispatched_at=new.dispatched_at,
        expected_seconds=new.expected_seconds,
        **_values(work, new),
    )
    response.changed(work, new.incident_id)
    try:
        work.flush()
    except UniqueViolation as error:
        if error.diag.constraint_name != ONE_ACTIVE:
            raise
        raise UnitHasActiveAssignment(new.unit_id) from None


def save(work: Work, changed: Assignment, recorded: Milestone | None = None) -> None:
    """Store what changed of an assignment that was loaded with a lock, and the milestone just recorded."""
    work.update(assignment, {"id": changed.id}, **_values(work, changed))
    response.changed(work, changed.incident_id)
    if recorded:
        milestones.add(work, changed.id, changed.milestones[recorded])


def mark_unacknowledged(work: Work, assignment_id: UUID) -> None:
    """Note that the crew did not answer in time."""
    work.update(assignment, {"id": assignment_id}, unacknowledged_at=work.now)


def get(work: Work, assignment_id: UUID, *, lock: bool = False) -> Assignment | None:
    """One assignment with its milestones."""
    return _first(work, locked(select(assignment).where(assignment.c.id == assignment_id), lock))


def incident_of(work: Work, assignment_id: UUID) -> UUID | None:
    """The incident of an assignment, which never changes: to be locked before the assignment."""
    return work.read(select(assignment.c.incident_id).where(assignment.c.id == assignment_id)).scalar()


def active_of_unit(work: Work, unit_id: str) -> Assignment | None:
    """What the unit is doing."""
    return _first(work, select(assignment).where(assignment.c.unit_id == unit_id, IS_ACTIVE))


def active_by_unit(work: Work, unit_ids: Collection[str] | None = None) -> dict[str, UUID]:
    """Ids of the active assignments by unit, of all units or of some."""
    if unit_ids is None:
        return {row["unit_id"]: row["id"] for row in work.ask(_ACTIVE)}
    statement = select(assignment.c.unit_id, assignment.c.id).where(IS_ACTIVE, assignment.c.unit_id.in_(unit_ids))
    return {row.unit_id: row.id for row in work.read(statement)}


def going_to(incident_id: ColumnElement[UUID]) -> Exists:
    """Whether a unit is committed to that incident, as a condition for another table's query."""
    return exists().where(assignment.c.incident_id == incident_id, IS_ACTIVE)


def count_active(work: Work, incident_id: UUID) -> int:
    """How many units are committed to an incident, as far as this unit of work has come."""
    statement = select(func.count()).where(assignment.c.incident_id == incident_id, IS_ACTIVE)
    return int(work.read(statement).scalar_one())


def count_diverted(work: Work, incident_id: UUID) -> int:
    """How many units an incident has lost to others."""
    diverted = assignment.c.state == AssignmentState.DIVERTED
    statement = select(func.count()).where(assignment.c.incident_id == incident_id, diverted)
    return int(work.read(statement).scalar_one())


def of_incidents(work: Work, incident_ids: Collection[UUID]) -> list[Assignment]:
    """The assignments of incidents, in the order of dispatch."""
    if not incident_ids:
        return []
    return _entities(work, work.ask(_OF_INCIDENTS, ids=array_of(incident_ids)))


def units_on(work: Work, incident_id: UUID) -> set[str]:
    """The units that serve an incident or have served it; not those that were taken off it."""
    statement = select(assignment.c.unit_id).where(assignment.c.incident_id == incident_id, _SERVES)
    return set(work.read(statement).scalars())


def units_taken_off(work: Work, incident_id: UUID) -> set[str]:
    """The units that were sent to an incident and declined, or were called back or diverted."""
    statement = select(assignment.c.unit_id).where(assignment.c.incident_id == incident_id, ~_SERVES)
    return set(work.read(statement).scalars())


def incidents_of_units() -> Select[Any]:
    """For use within another question: the incidents that the `units` serve or have served (its parameter `units`)."""
    return select(assignment.c.incident_id).where(is_one_of(assignment.c.unit_id, "units", Text()), _SERVES)


def _first(work: Work, statement: Select[Any]) -> Assignment | None:
    return next(iter(_load(work, statement)), None)


def _load(work: Work, statement: Select[Any]) -> list[Assignment]:
    return _entities(work, work.read(statement).mappings().all())


def _entities(work: Work, rows: Sequence[Row]) -> list[Assignment]:
    recorded = milestones.of_assignments(work, [row["id"] for row in rows])
    return [_entity(work, row, recorded.get(row["id"], ())) for row in rows]


def _values(work: Work, of: Assignment) -> dict[str, Any]:
    return {
        "state": of.state,
        "facility_id": of.facility_id,
        "facility_asked_at": of.destination.asked_at,
        "facility_accepted_at": of.destination.accepted_at,
        "reason": encrypt(work, of.reason, "assignment.reason", of.id),
        "ended_at": of.ended_at,
        "version": of.version,
    }


def _entity(work: Work, row: Row, recorded: Iterable[MilestoneRecord]) -> Assignment:
    return Assignment(
        id=row["id"],
        incident_id=row["incident_id"],
        unit_id=row["unit_id"],
        dispatched_at=row["dispatched_at"],
        expected_seconds=row["expected_seconds"],
        destination=Destination(row["facility_id"], row["facility_asked_at"], row["facility_accepted_at"]),
        state=AssignmentState(row["state"]),
        milestones={record.milestone: record for record in recorded},
        reason=decrypt(work, row["reason"], "assignment.reason", row["id"]),
        ended_at=row["ended_at"],
        unacknowledged_at=row["unacknowledged_at"],
        version=row["version"],
    )
