"""Death notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "education_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/education/store.py."""
    op.create_table(
        "death_notice",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("booking_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("person_key", sa.Text, nullable=False, index=True),
        sa.Column("household_key", sa.Text, index=True),
        sa.Column("died_on", sa.Date, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_death_notice_received_at_id", "death_notice", ["received_at", "id"])
