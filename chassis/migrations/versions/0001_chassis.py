"""Outbox, inbox, snapshots, timers, audit log and its seals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "chassis_0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
REFUSE_CHANGES = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
# Rows are marked once and pruned after a week: let vacuum keep up with the churn.
VACUUM = "ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05)"


def upgrade() -> None:
    """Create the tables of chassis/tables.py."""
    _outbox()
    _inbox()
    _timer()
    _audit()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("headers", JSONB, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
    )
    op.create_index("ix_outbox_unpublished", "outbox", ["seq"], postgresql_where=sa.text("published_at IS NULL"))
    # Marking a row as published rewrites it in every index: few and small ones, so a block range index for pruning.
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"], postgresql_using="brin")
    op.execute(VACUUM)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text),
        sa.Column("message_id", sa.Text),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.Column("reply", sa.LargeBinary),
        sa.Column("received_at", MOMENT, nullable=False, index=True),
        sa.PrimaryKeyConstraint("consumer", "message_id", name="pk_inbox"),
    )
    op.create_table(
        "snapshot",
        sa.Column("type", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False, index=True),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("uq_timer_kind_subject", "timer", ["kind", "subject"], unique=True)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("causation_id", sa.Text),
        sa.Column("purpose", sa.Text),
        sa.Column("detail", JSONB, nullable=False),
        sa.Column("txid", sa.BigInteger, nullable=False, server_default=sa.text("pg_current_xact_id()::text::bigint")),
    )
    op.create_index("ix_audit_txid_id", "audit", ["txid", "id"])
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("audit_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("txid", sa.BigInteger, nullable=False),
        sa.Column("row_hash", sa.LargeBinary, nullable=False),
        sa.Column("chain_hash", sa.LargeBinary, nullable=False),
        sa.Column("sealed_at", MOMENT, nullable=False),
    )
    op.execute(REFUSE_CHANGES)
    for table in ("audit", "audit_seal"):
        op.execute(TRIGGER.format(table=table))
