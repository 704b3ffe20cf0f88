"""Deaths that are taken back: a booking belongs to one confirmation of a patient's death."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0002"
down_revision = "hearse_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/hearse/store.py."""
    op.add_column("booking", sa.Column("confirmation", sa.Integer))
    op.execute("UPDATE booking SET confirmation = 1 WHERE patient_id IS NOT NULL")
    op.execute("ALTER TABLE booking DROP CONSTRAINT IF EXISTS booking_patient_id_key")
    op.create_unique_constraint("uq_booking_patient_id_confirmation", "booking", ["patient_id", "confirmation"])
    op.create_table(
        "death_retraction",
        sa.Column("patient_id", sa.Uuid),
        sa.Column("confirmation", sa.Integer, nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", name="pk_death_retraction"),
    )
