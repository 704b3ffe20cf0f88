"""Deaths that were recorded wrongly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "education_0002"
down_revision = "education_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of services/education/store.py."""
    op.add_column("death_notice", sa.Column("holds", sa.Boolean, nullable=False, server_default="true"))
    op.add_column("death_notice", sa.Column("corrected_at", sa.DateTime(timezone=True)))
    op.add_column("death_notice", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
