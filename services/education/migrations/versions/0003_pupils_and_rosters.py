"""Schools, pupils with where they are enrolled, rosters with their rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "education_0003"
down_revision = "education_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/education/store/."""
    op.create_table(
        "school",
        sa.Column("npsn", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("ownership", sa.Text, nullable=False),
        sa.Column("kecamatan_code", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("longitude", sa.Double),
        sa.Column("latitude", sa.Double),
        sa.Column("closed_on", sa.Date),
        sa.Column("merged_into", sa.Text, sa.ForeignKey("school.npsn", name="fk_school_merged_into")),
        sa.Column("pupils_version", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    _pupils()
    _rosters()
    _rows()
    for table in ("pupil", "roster_row"):  # sealed text can't be compressed: not to be tried
        op.execute(f"ALTER TABLE {table} ALTER COLUMN details SET STORAGE EXTERNAL")


def _pupils() -> None:
    op.create_table(
        "pupil",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sex", sa.Text, nullable=False),
        sa.Column("birth_date", sa.Date, nullable=False),
        sa.Column("name_key", sa.LargeBinary, nullable=False),
        sa.Column("name_index", ARRAY(sa.Integer), nullable=False),
        sa.Column("household_key", sa.Text),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_pupil_name_index", "pupil", ["name_index"], postgresql_using="gin")
    op.create_index("ix_pupil_provisional", "pupil", ["id"], postgresql_where=sa.text("provisional"))
    op.create_table(
        "pupil_identifier",
        sa.Column("hash", sa.Text, primary_key=True),  # first: it tells numbers apart, their kind hardly does
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("pupil_id", sa.Uuid, nullable=False),
    )
    op.create_index("uq_pupil_identifier_pupil_id_kind", "pupil_identifier", ["pupil_id", "kind"], unique=True)
    op.create_table(
        "guardian",
        sa.Column("pupil_id", sa.Uuid, primary_key=True),
        sa.Column("relation", sa.Text, primary_key=True),
        sa.Column("person_key", sa.Text, nullable=False),
    )
    op.create_index("ix_guardian_person_key", "guardian", ["person_key"])
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid, primary_key=True),
        # No foreign keys here: numbers, guardians and enrolments are written with their pupil by whoever has locked
        # the school (none is ever deleted), and checking them one by one cost more than the indexes.
        sa.Column("pupil_id", sa.Uuid, nullable=False),
        sa.Column("npsn", sa.Text, nullable=False),
        sa.Column("school_year", sa.Text, nullable=False),
        sa.Column("grade", sa.SmallInteger, nullable=False),
        sa.Column("class_name", sa.Text, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.Column("ended", sa.Text),
        sa.Column("opened_by", sa.Uuid),
        sa.Column("closed_by", sa.Uuid),
        sa.CheckConstraint("(to_on IS NULL) = (ended IS NULL)", name="ck_enrolment_ended"),
        sa.CheckConstraint("to_on >= from_on - 1", name="ck_enrolment_days"),
    )
    here = sa.text("to_on IS NULL")
    op.create_index("uq_enrolment_pupil_id_open", "enrolment", ["pupil_id"], unique=True, postgresql_where=here)
    op.create_index("ix_enrolment_npsn_open", "enrolment", ["npsn", "pupil_id"], postgresql_where=here)
    op.create_index("ix_enrolment_pupil_id", "enrolment", ["pupil_id", "from_on"])
    op.create_table(
        "pupil_alias",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("pupil_id", sa.Uuid, nullable=False, index=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("subject_id", sa.Uuid, nullable=False, index=True),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _rosters() -> None:
    op.create_table(
        "roster",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        sa.Column("school_year", sa.Text, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("file_key", sa.Text),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.Text, nullable=False),
        sa.Column("file_size", sa.BigInteger, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("counts", JSONB, nullable=False),
        sa.Column("titles", JSONB, nullable=False),
        sa.Column("school_shown", sa.Boolean, nullable=False),
        sa.Column("pupils_version", sa.Integer),
        sa.Column("refusal", JSONB),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choices", JSONB, nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("applied_by", sa.Text),
        sa.Column("ended", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "cut_off",
        sa.Column("school_year", sa.Text, primary_key=True),
        sa.Column("term", sa.SmallInteger, primary_key=True),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_roster_uploaded_at_id", "roster", ["uploaded_at", "id"])
    op.create_index("ix_roster_npsn", "roster", ["npsn", "uploaded_at"])


def _rows() -> None:
    op.create_table(
        "roster_row",
        sa.Column("roster_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("pupil_id", sa.Uuid),
        sa.Column("known", sa.Boolean, nullable=False),
        sa.Column("elsewhere", sa.Text),
        sa.Column("first_row", sa.Integer),
        sa.Column("grade", sa.SmallInteger),
        sa.Column("class_name", sa.Text),
        sa.Column("nisn_key", sa.Text),
        sa.Column("person_key", sa.Text),
        sa.Column("household_key", sa.Text),
        sa.Column("guardian_keys", ARRAY(sa.Text)),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("sex", sa.Text),
        sa.Column("birth_date", sa.Date),
        sa.Column("name_key", sa.LargeBinary),
        sa.Column("name_index", ARRAY(sa.Integer)),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.Column("details", sa.Text),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("faults", JSONB, nullable=False),
    )
    op.create_table(
        "roster_before",
        sa.Column("roster_id", sa.Uuid, primary_key=True),
        sa.Column("pupil_id", sa.Uuid, primary_key=True),
        sa.Column("created", sa.Boolean, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("version_after", sa.Integer, nullable=False),
    )
