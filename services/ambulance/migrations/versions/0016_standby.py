"""At which base a unit is to wait while it is idle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0016"
down_revision = "ambulance_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns of services/ambulance/store/unit.py."""
    op.add_column("unit", sa.Column("standby_longitude", sa.Double))
    op.add_column("unit", sa.Column("standby_latitude", sa.Double))
    op.add_column("unit", sa.Column("standby_since", sa.DateTime(timezone=True)))
