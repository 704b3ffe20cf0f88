"""Alerts, and bookings for which no vehicle is free."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "hearse_0005"
down_revision = "hearse_0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The tables of services/hearse/store/."""
    op.add_column("booking", sa.Column("unavailable_at", MOMENT))
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("detail", JSONB, nullable=False),
        sa.Column("acknowledged_by", sa.Text),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_alert_booking_id"),
    )
    op.create_index("ix_alert_booking_id", "alert", ["booking_id"])
    op.create_index("ix_alert_raised_at_id", "alert", ["raised_at", "id"])
    op.create_index(
        "uq_alert_unresolved",
        "alert",
        ["booking_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state <> 'resolved'"),
    )
