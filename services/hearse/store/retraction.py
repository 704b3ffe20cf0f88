"""Deaths that were taken back; the highest confirmation of each patient. It may stand here before the death is told."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Integer, Table, Uuid, select

from chassis.work import Work
from contracts.ambulance.events import PatientDeceasedRetracted

from .columns import metadata, moment

retraction = Table(
    "death_retraction",
    metadata,
    Column("patient_id", Uuid, primary_key=True),
    Column("confirmation", Integer, nullable=False),
    moment("retracted_at", required=True),
)


def retracted(work: Work, patient_id: UUID) -> int:
    """The highest confirmation of this patient's death that was taken back; 0 for none."""
    statement = select(retraction.c.confirmation).where(retraction.c.patient_id == patient_id)
    return work.read(statement).scalar() or 0


def note(work: Work, told: PatientDeceasedRetracted) -> None:
    """Remember that a death was taken back."""
    values = {"confirmation": told.confirmation, "retracted_at": told.retracted_at}
    work.upsert(retraction, {"patient_id": told.patient_id}, **values)
