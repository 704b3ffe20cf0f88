"""Complaints, corrected milestones, erasure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0008"
down_revision = "hearse_0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FIRST_TIMER = """
INSERT INTO timer (id, kind, subject, due_at, payload, correlation_id)
VALUES (gen_random_uuid(), 'booking-retention', 'booking', now() + interval '1 day', '{}', 'booking-retention')
"""


def upgrade() -> None:
    """The tables of services/hearse/store/{complaint,trip}.py."""
    op.add_column("booking", sa.Column("erased_at", MOMENT))
    not_erased = sa.text("erased_at IS NULL")
    op.create_index("ix_booking_not_erased", "booking", ["closed_at"], postgresql_where=not_erased)
    op.create_index("ix_booking_requested_at", "booking", ["requested_at"])
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid),
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("text", sa.Text, comment="encrypted"),
        sa.Column("answer", sa.Text, comment="encrypted"),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_complaint_booking_id"),
    )
    op.create_index("ix_complaint_booking_id", "complaint", ["booking_id"])
    op.create_index("ix_complaint_made_at_id", "complaint", ["made_at", "id"])
    op.create_table(
        "trip_milestone_correction",
        sa.Column("id", sa.Uuid),
        sa.Column("trip_id", sa.Uuid, nullable=False),
        sa.Column("milestone", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("previous_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, comment="encrypted"),
        sa.Column("corrected_by", sa.Text, nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trip_milestone_correction"),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], name="fk_trip_milestone_correction_trip_id"),
    )
    op.create_index("ix_trip_milestone_correction_trip_id", "trip_milestone_correction", ["trip_id"])
    op.execute(FIRST_TIMER)
