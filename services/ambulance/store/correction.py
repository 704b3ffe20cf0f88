"""Corrections of milestones: rows are only ever added, so what was said first can always be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Index, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.question import Question, array_of, is_one_of
from chassis.work import Work
from contracts.ambulance.values import Milestone

from ..domain.milestone import Correction, MilestoneRecord
from .columns import from_point, metadata, moment, point, to_point

PREVIOUS, FIELD = "previous_", "milestone_correction.reason"

milestone_correction = Table(
    "milestone_correction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("assignment_id", Uuid, nullable=False),
    Column("milestone", Text, nullable=False),
    moment("at", required=True),
    *point(),
    moment("previous_at", required=True),
    *point(PREVIOUS),
    Column("reason", Text, nullable=False, comment="encrypted"),
    Column("corrected_by", Text, nullable=False),
    moment("corrected_at", required=True),
    ForeignKeyConstraint(["assignment_id", "milestone"], ["milestone.assignment_id", "milestone.milestone"]),
    Index("ix_milestone_correction_assignment_id", "assignment_id"),
)

_OF_ASSIGNMENTS = Question(
    select(milestone_correction)
    .where(is_one_of(milestone_correction.c.assignment_id, "ids"))
    .order_by(milestone_correction.c.corrected_at, milestone_correction.c.id)
)


def add(work: Work, assignment_id: UUID, record: MilestoneRecord) -> None:
    """Store the newest correction of a record."""
    newest, id = record.corrections[-1], work.new_id()
    work.insert(
        milestone_correction,
        id=id,
        assignment_id=assignment_id,
        milestone=record.milestone,
        at=newest.at,
        **from_point(newest.location),
        previous_at=newest.previous_at,
        **from_point(newest.previous_location, PREVIOUS),
        reason=encrypt(work, newest.reason, FIELD, id),
        corrected_by=newest.corrected_by,
        corrected_at=newest.corrected_at,
    )


def of_assignments(work: Work, assignment_ids: Collection[UUID]) -> dict[tuple[UUID, Milestone], list[Correction]]:
    """The corrections of each milestone, oldest first."""
    found: dict[tuple[UUID, Milestone], list[Correction]] = defaultdict(list)
    for row in work.ask(_OF_ASSIGNMENTS, ids=array_of(assignment_ids)):
        one = Correction(
            at=row["at"],
            location=to_point(row),
            previous_at=row["previous_at"],
            previous_location=to_point(row, PREVIOUS),
            reason=decrypt(work, row["reason"], FIELD, row["id"]) or "",
            corrected_by=row["corrected_by"],
            corrected_at=row["corrected_at"],
        )
        found[row["assignment_id"], Milestone(row["milestone"])].append(one)
    return found
