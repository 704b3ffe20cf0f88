"""What an event carries for one service only waits beside it, until it is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "chassis_0002"
down_revision = "chassis_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that stays empty for almost all events."""
    op.add_column("outbox", sa.Column("sealed", sa.Text, comment="for one service only; gone once it is published"))
