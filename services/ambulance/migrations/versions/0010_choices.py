"""Why units were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ambulance_0010"
down_revision = "ambulance_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/ambulance/store/choice.py."""
    comment = "the recommendation as it was then; null: the place was not on the map"
    op.create_table(
        "choice",
        sa.Column("assignment_id", sa.Uuid, sa.ForeignKey("assignment.id"), primary_key=True),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("known", JSONB, comment=comment),
    )
