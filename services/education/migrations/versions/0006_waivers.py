"""Who gets a waiver: rules, evidence, applications, decisions, waivers. The money: months, claims, ledger, payments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "education_0006"
down_revision = "education_0005"
branch_labels = None
depends_on = None

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
INSERT_ONLY = ("rules", "decision", "place_rate", "ledger")


def _moment(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _day(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=not required)


def _whole(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=not required)


def _rupiah(name: str = "rupiah") -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _number() -> sa.Column[object]:
    return sa.Column("number", sa.BigInteger, nullable=False)


def _id(name: str = "id") -> sa.Column[object]:
    return sa.Column(name, sa.Uuid, nullable=False, primary_key=name == "id")


def _key(column: sa.Column[object]) -> sa.Column[object]:
    column.primary_key = True
    return column


def upgrade() -> None:
    """The tables of services/education/store/ for waivers."""
    _eligibility()
    _waivers()
    _evaluations()
    _families()
    _claims()
    _money()
    for table in INSERT_ONLY:
        op.execute(APPEND_ONLY.format(table=table))


def _eligibility() -> None:
    op.create_table(
        "rules",
        _key(_text("programme")),
        _key(_text("school_year")),
        _key(_whole("version")),
        sa.Column("content", JSONB, nullable=False),
        _text("note"),
        _moment("made_at"),
        _text("made_by"),
    )
    op.create_table(
        "evidence",
        _key(sa.Column("pupil_id", sa.Uuid, nullable=False)),
        _key(_text("kind")),
        sa.Column("resident", sa.Boolean, nullable=False),
        _day("shown_on"),
        _moment("recorded_at"),
        _text("recorded_by"),
    )
    op.create_table(
        "welfare",
        _key(_text("household_key")),
        sa.Column("decile", sa.SmallInteger, nullable=False),
        _text("source"),
        _day("released_on"),
    )


def _evaluations() -> None:
    op.create_table(
        "evaluation",
        _id(),
        _text("programme"),
        _text("school_year"),
        sa.Column("term", sa.SmallInteger, nullable=False),
        _text("npsn", required=False),
        sa.Column("trial", JSONB),
        _whole("rules_version", required=False),
        _day("judged_on"),
        _text("state"),
        _whole("pupils"),
        sa.Column("counts", JSONB, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("changes", JSONB, nullable=False),
        _rupiah(),
        _rupiah("rupiah_now"),
        _moment("started_at"),
        _text("started_by"),
        sa.Column("leave_out", ARRAY(sa.Uuid), nullable=False),
        _whole("granted"),
        _whole("left_out"),
        _text("granted_by", required=False),
        _text("note", required=False),
        _whole("version"),
    )
    op.create_table(
        "evaluation_case",
        _key(sa.Column("evaluation_id", sa.Uuid, nullable=False)),
        _key(_number()),
        _text("advice"),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        _text("change"),
    )
    op.create_table(
        "evaluation_row",
        _key(sa.Column("evaluation_id", sa.Uuid, nullable=False)),
        _key(sa.Column("pupil_id", sa.Uuid, nullable=False)),
        _text("npsn", required=False),
        sa.Column("grade", sa.SmallInteger),
        _number(),
    )


def _waivers() -> None:
    op.create_table(
        "application",
        _id(),
        _id("pupil_id"),
        _text("programme"),
        _text("school_year"),
        sa.Column("term", sa.SmallInteger, nullable=False),
        _text("channel"),
        _text("applicant"),
        _moment("submitted_at"),
        _text("state"),
        _day("told_on", required=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        _day("decided_on", required=False),
        sa.Column("decision_id", sa.Uuid),
        _whole("version"),
    )
    undecided = sa.text("state NOT IN ('decided', 'withdrawn')")
    term = ["pupil_id", "programme", "school_year", "term"]
    op.create_index("uq_application_open", "application", term, unique=True, postgresql_where=undecided)
    op.create_index("ix_application_pupil_id", "application", ["pupil_id"])
    op.create_index("ix_application_submitted_at_id", "application", ["submitted_at", "id"])
    op.create_table(
        "decision",
        _id(),
        sa.Column("application_id", sa.Uuid),
        _id("pupil_id"),
        _text("programme"),
        _text("school_year"),
        sa.Column("term", sa.SmallInteger, nullable=False),
        _text("outcome"),
        _whole("rules_version"),
        _text("advice"),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("inputs", JSONB, nullable=False),
        _day("judged_on"),
        _text("note", required=False),
        sa.Column("act_id", sa.Uuid),
        _moment("decided_at"),
        _text("decided_by"),
    )
    op.create_index("ix_decision_pupil_id", "decision", ["pupil_id"])
    op.create_table(
        "waiver",
        _id(),
        _id("pupil_id"),
        _text("programme"),
        _text("school_year"),
        sa.Column("term", sa.SmallInteger, nullable=False),
        _id("decision_id"),
        _day("starts_on"),
        _day("ends_on"),
        _text("state"),
        _text("end_reason", required=False),
        _whole("version"),
    )
    holds = sa.text("state <> 'ended'")
    op.create_index("uq_waiver_holds", "waiver", term, unique=True, postgresql_where=holds)
    op.create_index("ix_waiver_pupil_id", "waiver", ["pupil_id"])


def _families() -> None:
    op.create_table(
        "correction_request",
        _id(),
        _id("pupil_id"),
        _text("citizen"),
        _text("text"),
        _moment("asked_at"),
        _moment("due_at"),
        _moment("answered_at", required=False),
        _text("answered_by", required=False),
        sa.Column("corrected", sa.Boolean),
        _text("answer", required=False),
    )
    op.create_index("ix_correction_request_due_at_id", "correction_request", ["due_at", "id"])
    op.create_table(
        "complaint",
        _id(),
        sa.Column("npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        _day("month"),
        _rupiah(),
        _text("text"),
        _text("citizen", required=False),
        _text("state"),
        _moment("received_at"),
        _moment("decided_at", required=False),
        _text("decided_by", required=False),
        _text("answer", required=False),
    )
    op.create_index("ix_complaint_received_at_id", "complaint", ["received_at", "id"])
    op.create_table(
        "review",
        _id(),
        _text("kind"),
        _text("state"),
        sa.Column("npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        sa.Column("pupil_id", sa.Uuid),
        _id("cause_id"),
        _moment("opened_at"),
        _moment("finished_at", required=False),
        _text("finished_by", required=False),
        _text("note", required=False),
    )
    op.create_index("uq_review_cause", "review", ["cause_id", "kind", "pupil_id"], unique=True)
    op.create_index("ix_review_opened_at_id", "review", ["opened_at", "id"])


def _claims() -> None:
    op.create_table(
        "claim",
        _id(),
        sa.Column("npsn", sa.Text, sa.ForeignKey("school.npsn"), nullable=False),
        _text("programme"),
        _text("school_year"),
        _day("first_month"),
        _day("last_month"),
        _moment("submitted_at"),
        _text("submitted_by"),
        _text("state"),
        sa.Column("lines", JSONB),
        _text("reason", required=False),
        _moment("decided_at", required=False),
        _text("decided_by", required=False),
        _whole("version"),
    )
    op.create_index("ix_claim_npsn", "claim", ["npsn", "programme"])
    op.create_table(
        "confirmed_month",
        _id(),
        _id("pupil_id"),
        _text("programme"),
        _day("month"),
        _text("npsn"),
        sa.Column("grade", sa.SmallInteger, nullable=False),
        sa.Column("claim_id", sa.Uuid),
        _moment("confirmed_at"),
        _text("confirmed_by"),
        _moment("voided_at", required=False),
        _text("void_reason", required=False),
    )
    live = sa.text("voided_at IS NULL")
    month = ["pupil_id", "programme", "month"]
    op.create_index("uq_confirmed_month_live", "confirmed_month", month, unique=True, postgresql_where=live)
    op.create_index("ix_confirmed_month_npsn", "confirmed_month", ["npsn", "programme", "month"])
    # A claim takes many rows at once: with room in their pages and no index on the claim they stay where they are.
    op.execute("ALTER TABLE confirmed_month SET (fillfactor = 70)")
    ended = sa.text("to_on IS NOT NULL")
    op.create_index("ix_enrolment_npsn_ended", "enrolment", ["npsn", "to_on"], postgresql_where=ended)
    op.create_table(
        "place_rate",
        _key(_text("npsn")),
        _key(_text("programme")),
        _key(_day("month")),
        _key(sa.Column("grade", sa.SmallInteger, nullable=False)),
        _whole("quota", required=False),
        _rupiah("monthly_rupiah"),
    )


def _money() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        _text("programme"),
        _text("payee"),
        _text("npsn"),
        sa.Column("pupil_id", sa.Uuid),
        _day("month", required=False),
        sa.Column("budget_year", sa.SmallInteger, nullable=False),
        _text("kind"),
        _rupiah(),
        _text("cause"),
        sa.Column("claim_id", sa.Uuid),
        sa.Column("line_id", sa.Uuid),
        _moment("at"),
        _text("by"),
    )
    op.create_index("ix_ledger_npsn_month", "ledger", ["npsn", "programme", "month"])
    op.create_index("ix_ledger_payee", "ledger", ["programme", "budget_year", "payee"])
    op.create_index("ix_ledger_pupil_id", "ledger", ["pupil_id"])
    op.create_table(
        "budget",
        _key(_text("programme")),
        _key(sa.Column("budget_year", sa.SmallInteger, nullable=False)),
        _rupiah(),
        _text("note"),
        _whole("version"),
    )
    op.create_table(
        "account",
        _id(),
        sa.Column("payee", sa.Text, nullable=False, unique=True),
        _text("bank_code"),
        _text("number"),
        _text("holder"),
        _moment("changed_at"),
        _text("changed_by"),
    )
    op.create_table(
        "disbursement",
        _id(),
        _text("programme"),
        sa.Column("budget_year", sa.SmallInteger, nullable=False),
        _whole("lines"),
        _rupiah(),
        _rupiah("unfunded"),
        _whole("without_account"),
        _moment("drafted_at"),
        _text("drafted_by"),
        _text("state"),
        _text("verified_by", required=False),
        _text("approved_by", required=False),
        _whole("exports"),
        _moment("exported_at", required=False),
        _text("exported_by", required=False),
        _text("file_sha256", required=False),
        _text("spp", required=False),
        _text("spm", required=False),
        _text("sp2d", required=False),
        _text("reason", required=False),
        _rupiah("paid"),
        _rupiah("bounced"),
        _whole("version"),
    )
    op.create_table(
        "disbursement_line",
        _id(),
        sa.Column("disbursement_id", sa.Uuid, sa.ForeignKey("disbursement.id"), nullable=False),
        _whole("number"),
        _text("payee"),
        _text("npsn", required=False),
        sa.Column("pupil_id", sa.Uuid),
        _text("bank_code"),
        _text("account_number"),
        _text("account_holder"),
        _rupiah("owed"),
        _rupiah(),
        _text("state"),
        _day("settled_on", required=False),
        _text("reason", required=False),
    )
    op.create_index("uq_disbursement_line_number", "disbursement_line", ["disbursement_id", "number"], unique=True)
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_disbursement_line_waiting", "disbursement_line", ["payee"], postgresql_where=waiting)
    op.create_table(
        "bank_results",
        _key(sa.Column("disbursement_id", sa.Uuid, nullable=False)),
        _key(_text("sha256")),
        _moment("imported_at"),
        _text("imported_by"),
    )
