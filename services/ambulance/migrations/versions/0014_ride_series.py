"""Patients who are fetched again and again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "ambulance_0014"
down_revision = "ambulance_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/ambulance/store/ride_series.py and ride.py; an index for the plan of a day."""
    op.create_table(
        "ride_series",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("phone", sa.Text, nullable=False, comment="encrypted"),
        sa.Column("needs", sa.Text, comment="encrypted"),
        sa.Column("longitude", sa.Double),
        sa.Column("latitude", sa.Double),
        sa.Column("kelurahan_code", sa.Text),
        sa.Column("landmark", sa.Text, comment="encrypted"),
        sa.Column("outside_city", sa.Boolean, nullable=False),
        sa.Column("facility_id", sa.Text, sa.ForeignKey("facility.id"), nullable=False),
        sa.Column("weekdays", ARRAY(sa.Text), nullable=False),
        sa.Column("pickup_time", sa.Time, nullable=False, comment="WIB"),
        sa.Column("return_time", sa.Time, comment="WIB"),
        sa.Column("begins_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("skipped", ARRAY(sa.Date), nullable=False),
        sa.Column("opened_through", sa.Date, comment="until this day pick-ups were asked for"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, comment="encrypted"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_plan_begins_at", "plan", ["begins_at"])
    op.create_table(
        "ride",
        sa.Column("incident_id", sa.Uuid, sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("series_id", sa.Uuid, sa.ForeignKey("ride_series.id"), nullable=False),
        sa.Column("service_on", sa.Date, nullable=False),
        sa.Column("leg", sa.Text, nullable=False),
        sa.UniqueConstraint("series_id", "service_on", "leg", name="uq_ride_series_id_service_on_leg"),
    )
