"""Why units were sent: one row for each assignment, written with it and never changed. No personal data."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work
from contracts.ambulance.values import ChoiceMode
from contracts.ambulance.views import Recommendation

from .columns import metadata

choice = Table(
    "choice",
    metadata,
    Column("assignment_id", Uuid, ForeignKey("assignment.id"), primary_key=True),
    Column("mode", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("known", JSONB, comment="the recommendation as it was then; null: the place was not on the map"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a unit came to be sent, and the recommendation that was known then (None: no place on the map)."""

    mode: ChoiceMode
    known: Recommendation | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A choice and who made it, an opaque id."""

    choice: Choice
    decided_by: str


def add(work: Work, assignment_id: UUID, made: Choice) -> None:
    """Store it, after its assignment."""
    known = made.known.model_dump(mode="json", exclude_none=True) if made.known else None
    work.insert(choice, assignment_id=assignment_id, mode=made.mode, decided_by=work.actor.subject, known=known)


def get(work: Work, assignment_id: UUID) -> Kept | None:
    """As it was stored; a field that came later is missing in it."""
    row = work.read(select(choice).where(choice.c.assignment_id == assignment_id)).first()
    if row is None:
        return None
    known = None if row.known is None else Recommendation.model_validate(row.known)
    return Kept(Choice(ChoiceMode(row.mode), known), row.decided_by)
