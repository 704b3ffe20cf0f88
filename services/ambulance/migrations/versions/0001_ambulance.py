"""Contacts, incidents with patients, assignments with milestones, units with positions, facilities, areas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ambulance_0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# The states of an assignment in which its unit is committed (domain ACTIVE), frozen as of this revision.
ACTIVE = (
    "state IN ('acknowledged', 'at_hospital', 'dispatched', 'en_route', 'handed_over', 'on_scene', 'patient_loaded')"
)

# Positions of a day for which there is no partition (a device that was long without signal) go to the default one.
KEEP_PARTITIONS = """
CREATE FUNCTION keep_position_partitions(today date, ahead integer, kept integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE day date; old text;
BEGIN
  FOR day IN SELECT today + step FROM generate_series(0, ahead) AS step LOOP
    IF to_regclass('position_' || to_char(day, 'YYYYMMDD')) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF position FOR VALUES FROM (%L) TO (%L)',
        'position_' || to_char(day, 'YYYYMMDD'), day || ' 00:00+00', day + 1 || ' 00:00+00');
    END IF;
  END LOOP;
  FOR old IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'position'::regclass
      AND inhrelid::regclass::text ~ '^position_[0-9]{8}$'
      AND to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') < today - kept LOOP
    EXECUTE format('DROP TABLE %I', old);
  END LOOP;
  DELETE FROM position_other WHERE at < today - kept;
END $$
"""
FIRST_PARTITIONS = "SELECT keep_position_partitions((now() AT TIME ZONE 'UTC')::date, 14, 90)"
FIRST_TIMER = """
INSERT INTO timer (id, kind, subject, due_at, payload, correlation_id)
VALUES (gen_random_uuid(), 'position-partitions', 'position', now() + interval '1 day', '{}', 'position-partitions')
"""


def upgrade() -> None:
    """The tables of services/ambulance/store/."""
    _incident()
    _patient()
    _contact()
    _unit()
    _assignment()
    _milestone()
    _facility()
    _area()
    _position()


def _point(prefix: str = "", required: bool = False) -> tuple[sa.Column, sa.Column]:
    names = (f"{prefix}longitude", f"{prefix}latitude")
    return sa.Column(names[0], sa.Double, nullable=not required), sa.Column(names[1], sa.Double, nullable=not required)


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid),
        sa.Column("incident_class", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("triage", sa.Text),
        sa.Column("triage_provisional", sa.Boolean, nullable=False),
        sa.Column("protocol_version", sa.Text),
        *_point(),
        sa.Column("kelurahan_code", sa.Text),
        sa.Column("landmark", sa.Text, comment="encrypted"),
        sa.Column("outside_city", sa.Boolean, nullable=False),
        sa.Column("pickup_at", MOMENT),
        sa.Column("outcome", sa.Text),
        sa.Column("close_reason", sa.Text, comment="encrypted"),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
    )
    op.create_index("ix_incident_opened_at_id", "incident", ["opened_at", "id"])


def _patient() -> None:
    op.create_table(
        "patient",
        sa.Column("id", sa.Uuid),
        sa.Column("incident_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("facility_id", sa.Text),
        sa.Column("death_reported_by", sa.Text),
        sa.Column("died_at", MOMENT),
        sa.Column("pronounced_by", sa.Text),
        sa.Column("death_facility_id", sa.Text),
        sa.Column("next_of_kin_known", sa.Boolean),
        sa.Column("police_hold", sa.Boolean),
        sa.Column("death_confirmed_by", sa.Text),
        sa.Column("death_confirmed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_patient"),
        sa.UniqueConstraint("incident_id", "number", name="uq_patient_incident_id_number"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_patient_incident_id"),
    )


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("phone", sa.Text, comment="encrypted"),
        sa.Column("phone_key", sa.Text),
        sa.Column("complaint", sa.Text, comment="encrypted"),
        *_point(),
        sa.Column("kelurahan_code", sa.Text),
        sa.Column("landmark", sa.Text, comment="encrypted"),
        sa.Column("outside_city", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("claimed_at", MOMENT),
        sa.Column("disposition", sa.Text),
        sa.Column("reason", sa.Text, comment="encrypted"),
        sa.Column("incident_id", sa.Uuid),
        sa.Column("disposed_by", sa.Text),
        sa.Column("disposed_at", MOMENT),
        sa.Column("call_backs_due", sa.Integer, nullable=False, comment="call-back tasks raised for a cut-off call"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_contact_incident_id"),
    )
    op.create_index("ix_contact_received_at_id", "contact", ["received_at", "id"])
    op.create_index("ix_contact_phone_key", "contact", ["phone_key"])
    op.create_index("ix_contact_incident_id", "contact", ["incident_id"])


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Text),
        sa.Column("type", sa.Text, nullable=False),
        *_point("base_", required=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        *_point(),
        sa.Column("located_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    # One update a second per unit: leave room in the page, so that no index is touched.
    op.execute("ALTER TABLE unit SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)")


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid),
        sa.Column("incident_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("dispatched_at", MOMENT, nullable=False),
        sa.Column("expected_seconds", sa.Integer),
        sa.Column("facility_id", sa.Text),
        sa.Column("reason", sa.Text, comment="encrypted"),
        sa.Column("ended_at", MOMENT),
        sa.Column("unacknowledged_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_assignment_incident_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_assignment_unit_id"),
    )
    op.create_index("ix_assignment_incident_id", "assignment", ["incident_id"])
    op.create_index(
        "uq_assignment_active_unit", "assignment", ["unit_id"], unique=True, postgresql_where=sa.text(ACTIVE)
    )


def _milestone() -> None:
    op.create_table(
        "milestone",
        sa.Column("assignment_id", sa.Uuid),
        sa.Column("milestone", sa.Text),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        *_point(),
        sa.PrimaryKeyConstraint("assignment_id", "milestone", name="pk_milestone"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_milestone_assignment_id"),
    )


def _facility() -> None:
    op.create_table(
        "facility",
        sa.Column("id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        *_point(required=True),
        sa.Column("kelurahan_code", sa.Text),
        sa.Column("emergency_24h", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facility"),
    )


def _area() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kecamatan_code", sa.Text, nullable=False),
        sa.Column("kecamatan", sa.Text, nullable=False),
        sa.Column("polygons", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_area"),
    )
    op.create_table(
        "area_map",
        sa.Column("id", sa.Integer, autoincrement=False),
        sa.Column("edition", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_area_map"),
    )


def _position() -> None:
    op.create_table(
        "position",
        sa.Column("unit_id", sa.Text),
        sa.Column("at", MOMENT),
        *_point(required=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "at", name="pk_position"),
        postgresql_partition_by="RANGE (at)",
    )
    op.execute("CREATE TABLE position_other PARTITION OF position DEFAULT")
    op.execute(KEEP_PARTITIONS)
    op.execute(FIRST_PARTITIONS)
    op.execute(FIRST_TIMER)
