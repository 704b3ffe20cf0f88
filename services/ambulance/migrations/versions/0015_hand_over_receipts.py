"""What other jurisdictions say of incidents that are offered to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0015"
down_revision = "ambulance_0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Columns of services/ambulance/store/incident.py."""
    op.add_column("incident", sa.Column("offered_to", sa.Text, comment="encrypted"))
    op.add_column("incident", sa.Column("offered_at", MOMENT))
    op.add_column("incident", sa.Column("received_by", sa.Text, comment="encrypted"))
    op.add_column("incident", sa.Column("received_at", MOMENT))
    op.add_column("incident", sa.Column("receipt_reference", sa.Text, comment="encrypted"))
