"""Agreements with partner schools; parents in the super app."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "education_0005"
down_revision = "education_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/education/store/agreement.py and family.py."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        sa.Column("school_year", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("places", JSONB, nullable=False),
        sa.Column("covered", JSONB, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("signed_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    holds = sa.text("state <> 'ended'")
    op.create_index("uq_agreement_open", "agreement", ["npsn", "school_year"], unique=True, postgresql_where=holds)
    op.create_table(
        "family_link",
        sa.Column("citizen", sa.Text, primary_key=True),
        sa.Column("pupil_id", sa.Uuid, primary_key=True),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_family_link_pupil_id", "family_link", ["pupil_id"])
    op.create_table(
        "family_try",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("citizen", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_family_try_citizen_at", "family_try", ["citizen", "at"])
