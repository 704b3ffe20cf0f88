"""Capital: terms, groups, loans, instalments, the partner bank's files, the ledger."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "umkm_0005"
down_revision = "umkm_0004"
branch_labels = None
depends_on = None

FIRST_TERMS = {
    "bank_code": "110",
    "steps": [
        {"least_rupiah": 500_000, "most_rupiah": 2_000_000, "most_months": 12, "certificates": 1},
        {"least_rupiah": 500_000, "most_rupiah": 5_000_000, "most_months": 18, "certificates": 1},
    ],
    "least_members": 5,
    "most_members": 10,
    "least_age": 21,
    "most_age": 60,
    "classes": ["micro"],
    "administration_basis_points": 300,
    "administration_taken": "instalments",
    "grace_days": 0,
    "office_hours": 48,
    "bank_hours": 48,
}
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
# The balance of a loan is what its entries sum to: the database itself keeps it with each entry, and refuses every
# other change of it. Its row is locked by that, so two who add at once wait for each other.
BALANCES = """
CREATE FUNCTION keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entries bigint; loans bigint; lends boolean; changed bigint;
BEGIN
  SELECT count(*), count(DISTINCT loan_id), bool_or(kind IN ('disbursed', 'fee')) INTO entries, loans, lends FROM added;
  IF lends THEN
    INSERT INTO loan_balance (loan_id, lent, owed) SELECT loan_id, 0, 0 FROM added WHERE kind = 'disbursed';
    UPDATE loan_balance b SET lent = b.lent + a.lent, owed = b.owed + a.owed FROM (
      SELECT loan_id, coalesce(sum(rupiah) FILTER (WHERE kind IN ('disbursed', 'fee')), 0) AS lent, sum(rupiah) AS owed
      FROM added GROUP BY loan_id) a WHERE b.loan_id = a.loan_id;
  ELSIF entries = loans THEN  -- a bank's file, mostly: nothing to be summed up first
    UPDATE loan_balance b SET owed = b.owed + a.rupiah FROM added a WHERE b.loan_id = a.loan_id;
  ELSE
    UPDATE loan_balance b SET owed = b.owed + a.owed FROM (
      SELECT loan_id, sum(rupiah) AS owed FROM added GROUP BY loan_id) a WHERE b.loan_id = a.loan_id;
  END IF;
  GET DIAGNOSTICS changed = ROW_COUNT;
  IF changed <> loans THEN
    RAISE EXCEPTION 'no such loan was paid out' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a balance follows from capital_entry alone' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_balances AFTER INSERT ON capital_entry REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION keep_balances();
CREATE TRIGGER refuse_balance BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON loan_balance
FOR EACH STATEMENT EXECUTE FUNCTION refuse_balance();
"""
REVERSAL = "(kind = 'reversed') = (reverses IS NOT NULL) AND (transaction IS NULL) = (part IS NULL)"
SIGNS = "(kind IN ('disbursed', 'fee', 'reversed') AND rupiah > 0) OR (kind IN ('paid', 'covered') AND rupiah < 0)"
HOLDS = sa.text("holds_place")


def _moment(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=not required)


def _rupiah(name: str = "rupiah", **more: object) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=False, **more)


def _day(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=not required)


def _id(name: str, refers: str | None = None, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid, *([sa.ForeignKey(refers)] if refers else []), nullable=not required)


def _flag(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean, nullable=not required)


def upgrade() -> None:
    """The tables of services/umkm/store/capital/."""
    op.create_table(
        "capital_terms",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", JSONB, nullable=False),
        _text("note", required=False),
        _moment("set_at"),
        _text("set_by"),
    )
    first = sa.text(
        "INSERT INTO capital_terms (version, content, set_at, set_by)"
        " VALUES (1, CAST(:content AS jsonb), now(), 'system')"
    )
    op.execute(first.bindparams(content=json.dumps(FIRST_TERMS)))
    _loans()
    _files()
    op.create_table(
        "capital_entry",
        sa.Column("loan_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        _text("kind"),
        _rupiah(),
        _day("value_date"),
        _id("payer_loan_id", required=False),
        sa.Column("transaction", sa.Text(collation="C")),
        sa.Column("part", sa.SmallInteger),
        sa.Column("reverses", sa.BigInteger),
        _id("bank_file_id", required=False),
        _whole("at_row", required=False),
        _moment("at"),
        _text("by"),
        sa.CheckConstraint(SIGNS, name="ck_capital_entry_sign"),
        sa.CheckConstraint(REVERSAL, name="ck_capital_entry_reversal"),
    )
    op.create_table(
        "loan_balance",
        sa.Column("loan_id", sa.Uuid, sa.ForeignKey("loan.id"), primary_key=True),
        _rupiah("lent"),
        _rupiah("owed"),
        sa.CheckConstraint("owed BETWEEN 0 AND lent", name="ck_loan_balance_owed"),
    )
    # A file changes many rows at once: with room in their pages they stay where they are.
    op.execute("ALTER TABLE loan_balance SET (fillfactor = 45)")
    told, back = sa.text("transaction IS NOT NULL"), sa.text("reverses IS NOT NULL")
    part = ["transaction", "part"]
    op.create_index("uq_capital_entry_transaction", "capital_entry", part, unique=True, postgresql_where=told)
    op.create_index("uq_capital_entry_reverses", "capital_entry", ["reverses"], unique=True, postgresql_where=back)
    op.execute(BALANCES)
    for table in ("capital_terms", "capital_entry", "instalment"):
        op.execute(APPEND_ONLY.format(table=table))


def _loans() -> None:
    op.create_table(
        "loan_group",
        sa.Column("id", sa.Uuid, primary_key=True),
        _text("name"),
        _whole("months"),
        sa.Column("terms", sa.Integer, sa.ForeignKey("capital_terms.version"), nullable=False),
        _moment("formed_at"),
        _text("formed_by"),
        _text("state"),
        _moment("due_at", required=False),
        _flag("overdue"),
        _day("disbursed_on", required=False),
        _text("reason", required=False),
        _whole("version"),
    )
    op.create_index("ix_loan_group_state", "loan_group", ["state", "id"])
    op.create_table(
        "loan",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("group_id", "loan_group.id"),
        _id("owner_id", "owner.id"),
        _id("business_id", "business.id"),
        *(_text(name) for name in ("household_key", "kecamatan_code", "size_class")),
        _whole("step"),
        _rupiah(),
        _text("use"),
        _moment("asked_at"),
        *(_text(name) for name in ("asked_by", "state")),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        *(_text(name, required=False) for name in ("papers_by", "credit_by", "reference")),
        _rupiah("administration"),
        _day("disbursed_on", required=False),
        _text("frozen_before", required=False),
        _flag("reopened"),
        _flag("holds_place"),
        _day("settled_on", required=False),
        _flag("timely", required=False),
        _whole("version"),
    )
    op.create_index("uq_loan_owner", "loan", ["owner_id"], unique=True, postgresql_where=HOLDS)
    op.create_index("uq_loan_household", "loan", ["household_key"], unique=True, postgresql_where=HOLDS)
    op.create_index("uq_loan_reference", "loan", ["reference"], unique=True)
    for name in ("group_id", "owner_id", "business_id"):
        op.create_index(f"ix_loan_{name}", "loan", [name])
    op.create_index("ix_loan_state", "loan", ["state", "id"])
    op.create_table(
        "instalment",
        sa.Column("loan_id", sa.Uuid, sa.ForeignKey("loan.id"), primary_key=True),
        sa.Column("number", sa.SmallInteger, primary_key=True),
        _day("due_on"),
        _rupiah(),
        _rupiah("due_in_all"),
    )
    op.create_index("ix_instalment_due_on", "instalment", ["due_on"])


def _files() -> None:
    op.create_table(
        "bank_file",
        sa.Column("id", sa.Uuid, primary_key=True),
        _text("state"),
        *(_text(name) for name in ("bank_code", "number")),
        _day("covers_from"),
        _day("covers_until"),
        _day("coverage", required=False),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
        _text("file_key"),
        *(_whole(name) for name in ("rows_read", "lines", "booked", "waiting", "already", "version")),
        _rupiah(),
        _rupiah("booked_rupiah"),
        sa.Column("fault", JSONB),
        _moment("received_at"),
        _text("received_by"),
        _moment("booked_at", required=False),
    )
    held = sa.text("state <> 'refused'")
    op.create_index("uq_bank_file_number", "bank_file", ["bank_code", "number"], unique=True, postgresql_where=held)
    op.create_index("ix_bank_file_received_at_id", "bank_file", ["received_at", "id"])
    op.create_table(
        "bank_line",
        sa.Column("bank_file_id", sa.Uuid, primary_key=True),
        sa.Column("at_row", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("kind", "state")),
        sa.Column("transaction", sa.Text(collation="C")),
        *(_text(name, required=False) for name in ("reference", "payer_reference")),
        _day("value_date", required=False),
        _rupiah(),
        _rupiah("booked"),
        _text("problem", required=False),
        _text("sent", required=False),
        _id("loan_id", required=False),
        *(_text(name, required=False) for name in ("settlement", "note", "closed_by")),
        _moment("closed_at", required=False),
    )
    known = sa.text("problem IS DISTINCT FROM 'other_sum'")
    op.create_index("uq_bank_line_transaction", "bank_line", ["transaction"], unique=True, postgresql_where=known)
    waits = sa.text("state = 'waiting'")
    op.create_index("ix_bank_line_waiting", "bank_line", ["bank_file_id", "at_row"], postgresql_where=waits)
