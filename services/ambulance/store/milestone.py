"""Milestones of assignments: what, when it happened, when we learned of it, where, and who said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid, select

from chassis.question import Question, array_of, is_one_of
from chassis.work import Work
from contracts.ambulance.values import Milestone

from ..domain.milestone import MilestoneRecord
from . import correction
from .columns import from_point, metadata, moment, point, to_point

milestone = Table(
    "milestone",
    metadata,
    Column("assignment_id", Uuid, ForeignKey("assignment.id"), primary_key=True),
    Column("milestone", Text, primary_key=True),
    moment("at", required=True),
    moment("recorded_at", required=True),
    Column("recorded_by", Text, nullable=False),
    *point(),
)

_OF_ASSIGNMENTS = Question(select(milestone).where(is_one_of(milestone.c.assignment_id, "ids")))


def add(work: Work, assignment_id: UUID, record: MilestoneRecord) -> None:
    """Store a milestone; the primary key keeps each to once."""
    work.insert(
        milestone,
        assignment_id=assignment_id,
        milestone=record.milestone,
        at=record.at,
        recorded_at=record.recorded_at,
        recorded_by=work.actor.subject,
        **from_point(record.location),
    )


def correct(work: Work, assignment_id: UUID, record: MilestoneRecord) -> None:
    """Store the newest correction; the milestone's own row holds what is true today, for whoever counts times."""
    values = {"at": record.at, **from_point(record.location)}
    work.update(milestone, {"assignment_id": assignment_id, "milestone": record.milestone}, **values)
    correction.add(work, assignment_id, record)


def of_assignments(work: Work, assignment_ids: Collection[UUID]) -> dict[UUID, list[MilestoneRecord]]:
    """What was recorded of each assignment, with what was corrected."""
    found: dict[UUID, list[MilestoneRecord]] = defaultdict(list)
    if assignment_ids:
        corrected = correction.of_assignments(work, assignment_ids)
        for row in work.ask(_OF_ASSIGNMENTS, ids=array_of(assignment_ids)):
            which = Milestone(row["milestone"])
            theirs = tuple(corrected.get((row["assignment_id"], which), ()))
            record = MilestoneRecord(which, row["at"], row["recorded_at"], to_point(row), theirs)
            found[row["assignment_id"]].append(record)
    return found
