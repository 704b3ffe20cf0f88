"""Positions that are not believed yet, or not any more; phone numbers as they were told; incidents told
twice; units planned for a pick-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ambulance_0004"
down_revision = "ambulance_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns of services/ambulance/store/{unit,position,contact,incident}.py."""
    doubted = "fixes too far off to be believed: [longitude, latitude, at]"
    op.add_column("unit", sa.Column("doubted", JSONB, nullable=False, server_default="[]", comment=doubted))
    outlier = "believed once, contradicted by those that came after"
    op.add_column("position", sa.Column("outlier", sa.Boolean, nullable=False, server_default="false", comment=outlier))
    told = "encrypted; as told, where it is not simply the number"
    op.add_column("contact", sa.Column("phone_told", sa.Text, comment=told))
    op.add_column("incident", sa.Column("duplicate_of", sa.Uuid))
    op.create_foreign_key("fk_incident_duplicate_of", "incident", "incident", ["duplicate_of"], ["id"])
    op.create_index("ix_incident_duplicate_of", "incident", ["duplicate_of"])
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("incident_id", sa.Uuid, sa.ForeignKey("incident.id"), nullable=False),
        sa.Column("unit_id", sa.Text, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facility_id", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, comment="encrypted"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    planned = sa.text("state = 'planned'")
    op.create_index("ix_plan_incident_id", "plan", ["incident_id"])
    op.create_index("ix_plan_unit", "plan", ["unit_id"], postgresql_where=planned)
    op.create_index("uq_plan_incident_unit", "plan", ["incident_id", "unit_id"], unique=True, postgresql_where=planned)
