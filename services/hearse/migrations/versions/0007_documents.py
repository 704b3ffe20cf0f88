"""Papers, and the deaths that they prove."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hearse_0007"
down_revision = "hearse_0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PAPERS = """
INSERT INTO configuration (name, setting, version, changed_at, changed_by)
VALUES ('papers', '{}', 1, now(), 'migration')
"""


def upgrade() -> None:
    """The tables of services/hearse/store/document.py."""
    op.create_table(
        "document",
        sa.Column("booking_id", sa.Uuid),
        sa.Column("kind", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, comment="encrypted"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("booking_id", "kind", name="pk_document"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_document_booking_id"),
    )
    op.create_table(
        "death_record",
        sa.Column("booking_id", sa.Uuid),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("household_key", sa.Text),
        sa.Column("died_on", sa.Date, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("letter_number", sa.Text, comment="encrypted"),
        sa.Column("note", sa.Text, comment="encrypted; why it was corrected"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name="pk_death_record"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="fk_death_record_booking_id"),
    )
    op.create_index("ix_death_record_person_key", "death_record", ["person_key"])
    op.execute(PAPERS)
