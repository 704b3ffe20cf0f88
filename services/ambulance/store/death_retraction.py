"""Deaths that were taken back: who had said what, and who took it back, when and why. Without the NIK."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint, Uuid

from chassis.work import Work
from contracts.ambulance.values import DeathRetractionReason

from ..domain.patient import Patient
from .columns import metadata, moment

death_retraction = Table(
    "death_retraction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, ForeignKey("incident.id"), nullable=False),
    Column("patient_id", Uuid, ForeignKey("patient.id"), nullable=False),
    Column("confirmation", Integer, nullable=False, comment="which confirmation of this patient's death"),
    Column("reported_by", Text, nullable=False),
    moment("died_at", required=True),
    Column("pronounced_by", Text, nullable=False),
    Column("facility_id", Text),
    Column("confirmed_by", Text, nullable=False),
    moment("confirmed_at", required=True),
    Column("reason", Text, nullable=False),
    Column("retracted_by", Text, nullable=False),
    moment("retracted_at", required=True),
    UniqueConstraint("patient_id", "confirmation"),
)


def add(work: Work, incident_id: UUID, dead: Patient, reason: DeathRetractionReason) -> None:
    """Keep what stood of a confirmed death before it was taken back."""
    assert dead.death is not None, "a confirmed death has its report"
    work.insert(
        death_retraction,
        id=work.new_id(),
        incident_id=incident_id,
        patient_id=dead.id,
        confirmation=dead.confirmations,
        reported_by=dead.death.reported_by,
        died_at=dead.death.died_at,
        pronounced_by=dead.death.pronounced_by,
        facility_id=dead.death.facility_id,
        confirmed_by=dead.death_confirmed_by,
        confirmed_at=dead.death_confirmed_at,
        reason=reason,
        retracted_by=work.actor.subject,
        retracted_at=work.now,
    )
