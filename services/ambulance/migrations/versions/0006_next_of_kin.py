"""Who speaks for a deceased patient."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0006"
down_revision = "ambulance_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns of services/ambulance/store/patient.py."""
    op.add_column("patient", sa.Column("next_of_kin_name", sa.Text, comment="encrypted"))
    op.add_column("patient", sa.Column("next_of_kin_phone", sa.Text, comment="encrypted"))
    op.add_column("patient", sa.Column("next_of_kin_citizen", sa.Text, comment="the super app's opaque id"))
