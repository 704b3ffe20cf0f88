"""The chassis' own tables, the same in every service's database; created by chassis/migrations."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, LargeBinary, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from .db import new_metadata

metadata = new_metadata()


def _moment(name: str, **options: object) -> Column:  # type: ignore[type-arg]
    return Column(name, DateTime(timezone=True), **options)  # type: ignore[arg-type]


outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", Text, nullable=False),
    Column("sealed", Text, comment="for one service only; gone once it is published"),
    _moment("created_at", nullable=False),
    _moment("published_at"),
    Index("ix_outbox_unpublished", "seq", postgresql_where=text("published_at IS NULL")),
    Index("ix_outbox_created_at", "created_at", postgresql_using="brin"),
)
"""Events that were committed; the relay publishes them and notes when."""

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("fingerprint", LargeBinary),
    Column("reply", LargeBinary),
    _moment("received_at", nullable=False, index=True),
)
"""What was already applied: broker messages by id, HTTP requests by Idempotency-Key with their (encrypted) reply."""

snapshot = Table(
    "snapshot",
    metadata,
    Column("type", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)
"""The highest sequence applied of each subject's snapshot events; older ones are skipped."""

timer = Table(
    "timer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    _moment("due_at", nullable=False, index=True),
    Column("payload", JSONB, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("uq_timer_kind_subject", "kind", "subject", unique=True),
)
"""Clocks that survive a restart; a row is deleted in the transaction that its handler commits."""

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _moment("at", nullable=False),
    Column("actor", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text),
    Column("purpose", Text),
    Column("detail", JSONB, nullable=False),
    Column("txid", BigInteger, nullable=False, server_default=text("pg_current_xact_id()::text::bigint")),
    Index("ix_audit_txid_id", "txid", "id"),
    Index("ix_audit_subject", "subject"),
)
"""Who did what to which thing, when and why. Append-only (a trigger refuses anything else)."""

audit_seal = Table(
    "audit_seal",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("audit_id", BigInteger, nullable=False, unique=True),
    Column("txid", BigInteger, nullable=False),
    Column("row_hash", LargeBinary, nullable=False),
    Column("chain_hash", LargeBinary, nullable=False),
    _moment("sealed_at", nullable=False),
)
"""The hash chain over the audit rows, in the order in which the sealer saw them."""
