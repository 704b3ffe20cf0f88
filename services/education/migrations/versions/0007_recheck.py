"""Before each payment: who holds a waiver and is not eligible by what is known now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "education_0007"
down_revision = "education_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Counts of an evaluation, and which evaluation a batch of payments has begun."""
    for name in ("waivers", "in_doubt", "to_grant"):
        op.add_column("evaluation", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("disbursement", sa.Column("recheck_id", sa.Uuid))
