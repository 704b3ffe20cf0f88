"""Bookings that may be for one deceased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0003"
down_revision = "hearse_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/hearse/store.py."""
    op.add_column("booking", sa.Column("person_key", sa.Text))
    op.create_index("ix_booking_person_key", "booking", ["person_key"])
    op.create_index("ix_booking_died_at", "booking", ["died_at"])
    op.create_table(
        "possible_duplicate",
        sa.Column("booking_id", sa.Uuid),
        sa.Column("other_id", sa.Uuid),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", "other_id", name="pk_possible_duplicate"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_possible_duplicate_booking_id"),
        sa.ForeignKeyConstraint(["other_id"], ["booking.id"], name="fk_possible_duplicate_other_id"),
    )
    op.create_index("ix_possible_duplicate_other_id", "possible_duplicate", ["other_id"])
