"""Bookings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/hearse/store.py."""
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("incident_id", sa.Uuid, index=True),
        sa.Column("patient_id", sa.Uuid, unique=True),
        sa.Column("pickup_facility_id", sa.Text),
        sa.Column("pickup_kelurahan_code", sa.Text),
        sa.Column("died_at", sa.DateTime(timezone=True)),
        sa.Column("police_hold", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_booking_created_at_id", "booking", ["created_at", "id"])
