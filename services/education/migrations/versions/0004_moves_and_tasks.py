"""Transfers between schools; tasks about pupils and guardians who have died."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "education_0004"
down_revision = "education_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of services/education/store/transfer.py and task.py."""
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("pupil_id", sa.Uuid, nullable=False),
        sa.Column("from_npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        sa.Column("to_npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        sa.Column("school_year", sa.Text, nullable=False),
        sa.Column("grade", sa.SmallInteger, nullable=False),
        sa.Column("class_name", sa.Text, nullable=False),
        sa.Column("roster_id", sa.Uuid, nullable=False),
        sa.Column("row_number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objection", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
    )
    open_ones = sa.text("state IN ('proposed', 'disputed')")
    op.create_index("uq_transfer_open", "transfer", ["pupil_id", "to_npsn"], unique=True, postgresql_where=open_ones)
    op.create_index("ix_transfer_proposed_at_id", "transfer", ["proposed_at", "id"])
    op.create_index("ix_transfer_from_npsn", "transfer", ["from_npsn"])
    op.create_index("ix_transfer_to_npsn", "transfer", ["to_npsn"])
    op.create_index("ix_transfer_roster_id", "transfer", ["roster_id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("pupil_id", sa.Uuid, nullable=False),
        sa.Column("notice_id", sa.Uuid, sa.ForeignKey("death_notice.id")),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("finished_by", sa.Text),
        sa.Column("note", sa.Text),
    )
    op.create_index("uq_task_notice_id_kind_pupil_id", "task", ["notice_id", "kind", "pupil_id"], unique=True)
    numbers = sa.text("kind = 'numbers_missing'")
    op.create_index("uq_task_pupil_id_due_on", "task", ["pupil_id", "due_on"], unique=True, postgresql_where=numbers)
    op.create_index("ix_task_pupil_id", "task", ["pupil_id"])
    op.create_index("ix_task_opened_at_id", "task", ["opened_at", "id"])
