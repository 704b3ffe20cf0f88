"""Households with social priority."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "umkm_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/umkm/store.py."""
    op.create_table(
        "priority_household",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("household_key", sa.Text, nullable=False, unique=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_priority_household_since_id", "priority_household", ["since", "id"])
