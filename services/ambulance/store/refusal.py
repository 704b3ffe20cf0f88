"""Patients whom a facility did not take: counted per facility."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Table, Text, Uuid, func, select

from chassis.work import Work
from contracts.ambulance.values import RefusalReason

from .columns import metadata, moment

SHOWN = timedelta(days=30)

facility_refusal = Table(
    "facility_refusal",
    metadata,
    Column("assignment_id", Uuid, ForeignKey("assignment.id"), primary_key=True),
    Column("facility_id", Text, ForeignKey("facility.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("next_facility_id", Text),
    moment("refused_at", required=True),
    Column("recorded_by", Text, nullable=False),
    Index("ix_facility_refusal_facility_id_refused_at", "facility_id", "refused_at"),
)


def add(work: Work, assignment_id: UUID, facility_id: str, reason: RefusalReason, next_facility_id: str | None) -> None:
    """Store a refusal; the primary key counts it once."""
    work.insert(
        facility_refusal,
        assignment_id=assignment_id,
        facility_id=facility_id,
        reason=reason,
        next_facility_id=next_facility_id,
        refused_at=work.now,
        recorded_by=work.actor.subject,
    )


def of_assignment(work: Work, assignment_id: UUID) -> set[str]:
    """Facilities that refused the patient of this trip."""
    statement = select(facility_refusal.c.facility_id).where(facility_refusal.c.assignment_id == assignment_id)
    return set(work.read(statement).scalars())


def counts(work: Work, facility_ids: Collection[str]) -> dict[str, int]:
    """How many patients each did not take in the last 30 days."""
    table = facility_refusal
    statement = (
        select(table.c.facility_id, func.count().label("refusals"))
        .where(table.c.facility_id.in_(facility_ids), table.c.refused_at > work.now - SHOWN)
        .group_by(table.c.facility_id)
    )
    return {row.facility_id: row.refusals for row in work.read(statement)}
