"""Configuration as data, alerts, and an index for the regular requests by pick-up time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ambulance_0002_clocks"
down_revision = "ambulance_0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FIRST_CONFIGURATION = """
INSERT INTO configuration (name, setting, version, changed_at, changed_by) VALUES
('targets', '{"merah_minutes": 15, "kuning_minutes": 30, "hijau_minutes": 60}', 1, now(), 'system'),
('clocks', '{"acknowledge_seconds": 60, "movement_seconds": 180, "hand_over_minutes": 30, "pickup_minutes": 60,
             "call_back_seconds": [15, 60, 180]}', 1, now(), 'system'),
('status_limits', '{"acknowledged_minutes": 5, "en_route_minutes": 45, "on_scene_minutes": 45,
                    "patient_loaded_minutes": 60, "handed_over_minutes": 30}', 1, now(), 'system'),
('siaga', '{"mode": "confirm"}', 1, now(), 'system')
"""


def upgrade() -> None:
    """The tables of store/configuration.py and store/alert.py."""
    _configuration()
    _alert()
    op.create_index(
        "ix_incident_pickup_at_id",
        "incident",
        ["pickup_at", "id"],
        postgresql_where=sa.text("pickup_at IS NOT NULL AND state <> 'closed'"),
    )


def _configuration() -> None:
    op.create_table(
        "configuration",
        sa.Column("name", sa.Text),
        sa.Column("setting", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_configuration"),
    )
    op.execute(sa.text(FIRST_CONFIGURATION.replace(":", r"\:")))


def _alert() -> None:
    references = ("contact", "incident", "assignment", "unit")
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "subject", sa.Uuid, nullable=False, comment="the assignment, incident or contact whose clock ran out"
        ),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("contact_id", sa.Uuid),
        sa.Column("incident_id", sa.Uuid),
        sa.Column("assignment_id", sa.Uuid),
        sa.Column("unit_id", sa.Text),
        sa.Column("proposed_unit_id", sa.Text),
        sa.Column("proposed_seconds", sa.Integer),
        sa.Column("detail", JSONB, nullable=False),
        sa.Column("acknowledged_by", sa.Text),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        *(sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=f"fk_alert_{of}_id") for of in references),
    )
    op.create_index("ix_alert_incident_id", "alert", ["incident_id"])
    op.create_index("ix_alert_raised_at_id", "alert", ["raised_at", "id"])
    op.create_index(
        "uq_alert_unresolved",
        "alert",
        ["subject", "kind"],
        unique=True,
        postgresql_where=sa.text("state <> 'resolved'"),
    )
