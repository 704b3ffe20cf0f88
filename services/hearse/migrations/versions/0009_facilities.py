"""Where hospitals and puskesmas are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0009"
down_revision = "hearse_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/hearse/store/facility.py."""
    op.create_table(
        "facility",
        sa.Column("id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facility"),
    )
