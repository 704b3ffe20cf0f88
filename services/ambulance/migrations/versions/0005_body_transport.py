"""Bodies for which no hearse is free."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0005"
down_revision = "ambulance_0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The table of services/ambulance/store/body_transport.py."""
    op.create_table(
        "body_transport",
        sa.Column("booking_id", sa.Uuid, comment="the hearse service's"),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("incident_id", sa.Uuid),
        sa.Column("patient_id", sa.Uuid),
        sa.Column("facility_id", sa.Text),
        sa.Column("kelurahan_code", sa.Text),
        sa.Column("earliest_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("unit_id", sa.Text),
        sa.Column("responsible", sa.Text, comment="encrypted"),
        sa.Column("until", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name="pk_body_transport"),
    )
    op.create_index("ix_body_transport_raised_at_booking_id", "body_transport", ["raised_at", "booking_id"])
