"""A board shows the open incidents, whatever number was closed before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0007"
down_revision = "ambulance_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index of services/ambulance/store/incident.py."""
    op.create_index("ix_incident_open", "incident", ["opened_at", "id"], postgresql_where=sa.text("state <> 'closed'"))
