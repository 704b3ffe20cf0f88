"""What facilities say: whether they expect a patient, and how many beds are free."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0012"
down_revision = "ambulance_0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Columns of services/ambulance/store/assignment.py and facility.py; an index for who is on the way."""
    op.add_column("assignment", sa.Column("facility_asked_at", MOMENT))
    op.add_column("assignment", sa.Column("facility_accepted_at", MOMENT))
    op.add_column("facility", sa.Column("beds_free", sa.Integer))
    op.add_column("facility", sa.Column("beds_told_at", MOMENT))
    op.create_index("ix_assignment_facility_id", "assignment", ["facility_id", "dispatched_at"])
