"""Whole bookings, vehicles, officers, burial places, trips, and who is taken when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "hearse_0004"
down_revision = "hearse_0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN_TRIP = "state IN ('held', 'planned', 'under_way')"
# Without btree_gist a text is compared as a range of one; bytewise, so that no locale can change what is equal.
CODE_RANGE = 'CREATE TYPE code_range AS RANGE (subtype = text, collation = "C")'
NO_OVERLAP = """
ALTER TABLE reservation ADD CONSTRAINT ex_reservation_no_overlap EXCLUDE USING gist (
  code_range(resource, resource, '[]') WITH &&, tstzrange(begins_at, ends_at) WITH &&)
"""
DEFAULTS = """
INSERT INTO configuration (name, setting, version, changed_at, changed_by)
VALUES ('planning', '{}', 1, now(), 'migration'), ('clocks', '{}', 1, now(), 'migration')
"""


def upgrade() -> None:
    """The tables of services/hearse/store/."""
    _booking()
    _fleet()
    _trip()
    _reservation()
    op.create_table(
        "configuration",
        sa.Column("name", sa.Text),
        sa.Column("setting", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_configuration"),
    )
    op.execute(DEFAULTS)


def _point(prefix: str = "", required: bool = False) -> tuple[sa.Column, sa.Column]:
    names = (f"{prefix}longitude", f"{prefix}latitude")
    return sa.Column(names[0], sa.Double, nullable=not required), sa.Column(names[1], sa.Double, nullable=not required)


def _booking() -> None:
    sealed = (
        *("reporter_name", "reporter_phone", "deceased_name", "deceased_nik", "deceased_family_card"),
        *("pickup_address", "destination_address", "note", "reason_note", "dispute_responsible", "dispute_note"),
    )
    plain = (
        *("citizen", "relationship", "household_key", "name_key", "destination_kind", "destination_kelurahan_code"),
        *("destination_facility_id", "burial_place_id", "approved_by", "reason", "disputed_by"),
    )
    for name in sealed:
        op.add_column("booking", sa.Column(name, sa.Text, comment="encrypted"))
    for name in plain:
        op.add_column("booking", sa.Column(name, sa.Text))
    for name in ("earliest_at", "requested_at", "approved_at", "closed_at", "disputed_at"):
        op.add_column("booking", sa.Column(name, MOMENT))
    for column in (*_point("pickup_"), *_point("destination_")):
        op.add_column("booking", column)
    op.execute("UPDATE booking SET closed_at = created_at, reason = 'death_retracted' WHERE state = 'cancelled'")
    op.create_table(
        "dispute_settlement",
        sa.Column("id", sa.Uuid),
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=False),
        sa.Column("settled_by", sa.Text, nullable=False, comment="who entered it, an opaque id"),
        sa.Column("decided_by", sa.Text, comment="encrypted"),
        sa.Column("note", sa.Text, comment="encrypted"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_settlement"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_dispute_settlement_booking_id"),
    )
    op.create_index("ix_dispute_settlement_booking_id", "dispute_settlement", ["booking_id"])
    for name in ("citizen", "name_key", "pickup_facility_id"):
        op.create_index(f"ix_booking_{name}", "booking", [name])


def _fleet() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Text),
        sa.Column("plate", sa.Text, nullable=False),
        *_point("base_", required=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vehicle"),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Text),
        sa.Column("name", sa.Text, nullable=False, comment="encrypted"),
        sa.Column("drives", sa.Boolean, nullable=False),
        sa.Column("shifts", JSONB, nullable=False, comment="every week, WIB: [{days, begins, ends}]"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_officer"),
    )
    op.create_table(
        "burial_place",
        sa.Column("id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        *_point(required=True),
        sa.Column("kelurahan_code", sa.Text, nullable=False),
        sa.Column("openings", JSONB, nullable=False, comment="every day, WIB: [{name, begins, ends}]"),
        sa.Column("notice_minutes", sa.Integer, nullable=False),
        sa.Column("capacity_per_hour", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_burial_place"),
    )


def _trip() -> None:
    op.create_table(
        "trip",
        sa.Column("id", sa.Uuid),
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("vehicle_id", sa.Text, nullable=False),
        sa.Column("officer_ids", ARRAY(sa.Text), nullable=False, comment="the driver first"),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("pickup_at", "arrives_at", "begins_at", "ends_at")),
        sa.Column("kilometres", sa.Double, nullable=False),
        sa.Column("out_of_city", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("held_until", MOMENT),
        sa.Column("override_reason", sa.Text, comment="encrypted"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("planned_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trip"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_trip_booking_id"),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_trip_vehicle_id"),
    )
    op.create_index("ix_trip_booking_id", "trip", ["booking_id"])
    op.create_index("uq_trip_open_booking", "trip", ["booking_id"], unique=True, postgresql_where=sa.text(OPEN_TRIP))
    op.create_index("ix_trip_vehicle_id_begins_at", "trip", ["vehicle_id", "begins_at"])
    op.create_table(
        "trip_milestone",
        sa.Column("trip_id", sa.Uuid),
        sa.Column("milestone", sa.Text),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("trip_id", "milestone", name="pk_trip_milestone"),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], name="fk_trip_milestone_trip_id"),
    )


def _reservation() -> None:
    op.execute(CODE_RANGE)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid),
        sa.Column("resource", sa.Text(collation="C"), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("away", sa.Boolean, nullable=False, comment="out of the city, or not in service"),
        sa.Column("trip_id", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], name="fk_reservation_trip_id"),
    )
    op.create_index("ix_reservation_ends_at", "reservation", ["ends_at"])
    op.create_index("ix_reservation_trip_id", "reservation", ["trip_id"])
    op.execute(NO_OVERLAP)
