"""Speeds learned from finished trips, anew each night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0009"
down_revision = "ambulance_0008"
branch_labels = None
depends_on = None

# 19:00 UTC is 02:00 WIB, when few units are under way.
FIRST_TIMER = """
INSERT INTO timer (id, kind, subject, due_at, payload, correlation_id)
VALUES (gen_random_uuid(), 'learn-speeds', 'travel-speed',
        date_trunc('day', now(), 'UTC') + interval '1 day 19 hours', '{}', 'learn-speeds')
"""


def upgrade() -> None:
    """The table of services/ambulance/store/travel_speed.py."""
    op.create_table(
        "travel_speed",
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False, comment="WIB"),
        sa.Column("direction", sa.Text, primary_key=True, comment="north, east, south, west, or all"),
        sa.Column("kilometres_per_hour", sa.Double, nullable=False),
        sa.Column("trips", sa.Integer, nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(FIRST_TIMER)
