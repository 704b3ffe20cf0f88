"""Marks of deaths."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "umkm_0002"
down_revision = "umkm_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/umkm/store.py."""
    op.create_table(
        "owner_death",
        sa.Column("id", sa.Uuid),
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("died_on", sa.Date, nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owner_death"),
        sa.UniqueConstraint("booking_id", name="uq_owner_death_booking_id"),
    )
    op.create_index("ix_owner_death_person_key", "owner_death", ["person_key"])
    op.create_index("ix_owner_death_marked_at_id", "owner_death", ["marked_at", "id"])
