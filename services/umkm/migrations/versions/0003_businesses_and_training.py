"""Businesses with owners and permits; batches, seats, attendance, certificates; tasks after deaths."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "umkm_0003"
down_revision = "umkm_0002"
branch_labels = None
depends_on = None
NOT_CLOSED = sa.text("nib IS NOT NULL AND state <> 'closed'")
LIVE = sa.text("state IN ('waiting', 'offered', 'accepted', 'attended', 'passed', 'failed', 'no_show')")


def _moment(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)


def _id(name: str, refers: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid, *([sa.ForeignKey(refers)] if refers else []), nullable=False)


def upgrade() -> None:
    """The tables of services/umkm/store/ but for those that are there."""
    op.create_table(
        "household_waiver",
        sa.Column("waiver_id", sa.Uuid, primary_key=True),
        _text("household_key"),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("ends_on", sa.Date),
    )
    op.create_index("ix_household_waiver_household_key", "household_waiver", ["household_key"])
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("subject_id"),
        _text("act"),
        _moment("at"),
        *(_text(name) for name in ("by", "text")),
    )
    op.create_index("ix_note_subject_id", "note", ["subject_id"])
    _businesses()
    _batches()
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("seat_id", sa.Uuid, sa.ForeignKey("seat.id"), nullable=False, unique=True),
        *(_id(name) for name in ("batch_id", "business_id", "owner_id")),
        _text("name"),
        _text("course"),
        sa.Column("completed_on", sa.Date, nullable=False),
        _moment("issued_at"),
        _text("state"),
        _text("reason", required=False),
        _whole("version"),
    )
    for name in ("batch_id", "business_id", "owner_id"):
        op.create_index(f"ix_certificate_{name}", "certificate", [name])


def _businesses() -> None:
    op.create_table(
        "owner",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_key", sa.Text, nullable=False, unique=True),
        *(_text(name, required=False) for name in ("household_key", "citizen")),
        *(_text(name) for name in ("nik", "name", "phone")),
        _text("disability", required=False),
        *(_text(name) for name in ("sex", "kelurahan_code")),
        _moment("changed_at"),
        _whole("version"),
    )
    op.create_index("ix_owner_household_key", "owner", ["household_key"])
    op.create_index("uq_owner_citizen", "owner", ["citizen"], unique=True)
    op.create_table(
        "business",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("owner_id", "owner.id"),
        *(_text(name) for name in ("name", "name_key", "trade", "state")),
        _text("state_before", required=False),
        *(_text(name) for name in ("kelurahan_code", "address")),
        sa.Column("founded_on", sa.Date, nullable=False),
        *(_text(name) for name in ("size_class", "size_basis", "size_rupiah")),
        _whole("size_year"),
        *(_text(name, required=False) for name in ("class_before", "nib", "reason", "verified_by")),
        _moment("registered_at"),
        _whole("version"),
    )
    op.create_index("uq_business_nib", "business", ["nib"], unique=True, postgresql_where=NOT_CLOSED)
    op.create_index("ix_business_owner_id", "business", ["owner_id"])
    op.create_index("ix_business_state_id", "business", ["state", "id"])
    op.create_table(
        "permit",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("business_id", "business.id"),
        *(_text(name) for name in ("kind", "number")),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.UniqueConstraint("kind", "number", name="uq_permit_kind_number"),
    )
    op.create_index("ix_permit_business_id", "permit", ["business_id"])
    op.create_table(
        "owner_task",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_text(name) for name in ("kind", "state")),
        _id("business_id", "business.id"),
        _id("death_id", "owner_death.id"),
        _moment("opened_at"),
        _moment("finished_at", required=False),
        *(_text(name, required=False) for name in ("finished_by", "note")),
        _whole("version"),
        sa.UniqueConstraint("death_id", "business_id", name="uq_owner_task_death_id_business_id"),
    )
    op.create_index("ix_owner_task_state_opened_at_id", "owner_task", ["state", "opened_at", "id"])


def _batches() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_text(name) for name in ("kind", "state", "title", "description", "venue", "kelurahan_code")),
        sa.Column("classes", JSONB, nullable=False),
        *(_whole(name) for name in ("quota", "last_number", "priority_hours", "sessions_needed", "version")),
        *(_moment(name) for name in ("opens_at", "closes_at", "begins_at", "ends_at")),
        sa.Column("sessions", JSONB, nullable=False),
        _text("reason", required=False),
    )
    op.create_index("ix_batch_ends_at", "batch", ["ends_at"])
    op.create_index("ix_batch_state_begins_at_id", "batch", ["state", "begins_at", "id"])
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("batch_id", "batch.id"),
        _id("business_id", "business.id"),
        _id("owner_id", "owner.id"),
        _whole("number"),
        _text("state"),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("points", sa.SmallInteger, nullable=False),
        sa.Column("social", sa.Boolean, nullable=False),
        *(_text(name) for name in ("size_class", "kecamatan_code")),
        _moment("asked_at"),
        _moment("expires_at", required=False),
        _whole("version"),
        sa.UniqueConstraint("batch_id", "number", name="uq_seat_batch_id_number"),
    )
    op.create_index("uq_seat_live", "seat", ["batch_id", "owner_id"], unique=True, postgresql_where=LIVE)
    for name in ("owner_id", "business_id"):
        op.create_index(f"ix_seat_{name}", "seat", [name])
    op.create_table(
        "attendance",
        sa.Column("batch_id", sa.Uuid, sa.ForeignKey("batch.id"), primary_key=True),
        sa.Column("session", sa.Integer, primary_key=True),
        sa.Column("present", JSONB, nullable=False),
        _moment("typed_at"),
        _text("typed_by"),
        _whole("version"),
    )
