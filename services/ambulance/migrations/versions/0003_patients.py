"""Patients of several units, corrections of milestones, choice and refusals of hospitals, deaths taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "ambulance_0003"
down_revision = "ambulance_0002_clocks"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The tables of services/ambulance/store/."""
    _columns()
    _milestone_correction()
    _facility_refusal()
    _death_retraction()


def _columns() -> None:
    for table in ("incident", "patient"):
        op.add_column(table, sa.Column("handed_over_to", sa.Text, comment="encrypted"))
        op.add_column(table, sa.Column("handed_over_at", MOMENT))
    op.add_column("patient", sa.Column("nik", sa.Text, comment="encrypted; of a reported or confirmed death"))
    op.add_column("patient", sa.Column("person_key", sa.Text))
    op.add_column("patient", sa.Column("confirmations", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE patient SET confirmations = 1 WHERE outcome = 'deceased'")
    op.add_column("patient", sa.Column("triage", sa.Text))
    op.add_column("patient", sa.Column("assignment_id", sa.Uuid))
    op.create_foreign_key("fk_patient_assignment_id", "patient", "assignment", ["assignment_id"], ["id"])
    op.add_column("facility", sa.Column("capabilities", ARRAY(sa.Text), nullable=False, server_default="{}"))
    comment = "who reported it through the super app, an opaque id"
    op.add_column("contact", sa.Column("citizen", sa.Text, comment=comment))
    op.create_index("ix_contact_citizen", "contact", ["citizen"], postgresql_where=sa.text("citizen IS NOT NULL"))
    op.create_index("ix_assignment_unit_id", "assignment", ["unit_id"])


def _point(prefix: str = "") -> tuple[sa.Column, sa.Column]:
    return sa.Column(f"{prefix}longitude", sa.Double), sa.Column(f"{prefix}latitude", sa.Double)


def _milestone_correction() -> None:
    op.create_table(
        "milestone_correction",
        sa.Column("id", sa.Uuid),
        sa.Column("assignment_id", sa.Uuid, nullable=False),
        sa.Column("milestone", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_point(),
        sa.Column("previous_at", MOMENT, nullable=False),
        *_point("previous_"),
        sa.Column("reason", sa.Text, nullable=False, comment="encrypted"),
        sa.Column("corrected_by", sa.Text, nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_correction"),
        sa.ForeignKeyConstraint(
            ["assignment_id", "milestone"],
            ["milestone.assignment_id", "milestone.milestone"],
            name="fk_milestone_correction_assignment_id",
        ),
    )
    op.create_index("ix_milestone_correction_assignment_id", "milestone_correction", ["assignment_id"])


def _facility_refusal() -> None:
    op.create_table(
        "facility_refusal",
        sa.Column("assignment_id", sa.Uuid),
        sa.Column("facility_id", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("next_facility_id", sa.Text),
        sa.Column("refused_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "facility_id", name="pk_facility_refusal"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_facility_refusal_assignment_id"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_facility_refusal_facility_id"),
    )
    op.create_index("ix_facility_refusal_facility_id_refused_at", "facility_refusal", ["facility_id", "refused_at"])


def _death_retraction() -> None:
    op.create_table(
        "death_retraction",
        sa.Column("id", sa.Uuid),
        sa.Column("incident_id", sa.Uuid, nullable=False),
        sa.Column("patient_id", sa.Uuid, nullable=False),
        sa.Column("confirmation", sa.Integer, nullable=False, comment="which confirmation of this patient's death"),
        sa.Column("reported_by", sa.Text, nullable=False),
        sa.Column("died_at", MOMENT, nullable=False),
        sa.Column("pronounced_by", sa.Text, nullable=False),
        sa.Column("facility_id", sa.Text),
        sa.Column("confirmed_by", sa.Text, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("retracted_by", sa.Text, nullable=False),
        sa.Column("retracted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_death_retraction"),
        sa.UniqueConstraint("patient_id", "confirmation", name="uq_death_retraction_patient_id_confirmation"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_death_retraction_incident_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_death_retraction_patient_id"),
    )
