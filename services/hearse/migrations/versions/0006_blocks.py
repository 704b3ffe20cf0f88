"""Maintenance of vehicles, leave of officers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0006"
down_revision = "hearse_0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The table of services/hearse/store/block.py."""
    op.create_table(
        "block",
        sa.Column("id", sa.Uuid),
        sa.Column("resource", sa.Text, nullable=False, comment="vehicle:id or officer:id"),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("reason", sa.Text, nullable=False, comment="encrypted"),
        sa.Column("blocked_by", sa.Text, nullable=False),
        sa.Column("lifted_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_block"),
    )
