"""Grants: rounds, applications, scores, grants from elsewhere."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "umkm_0006"
down_revision = "umkm_0005"
branch_labels = None
depends_on = None
FIRST_SHEET = [
    ("plan", "Rencana jelas dan masuk akal", "The plan is clear and sound", 30),
    ("need", "Bantuan memang dibutuhkan usaha", "The business needs it", 25),
    ("growth", "Usaha dapat berkembang dengannya", "The business can grow by it", 25),
    ("place", "Tempat usaha sesuai hasil kunjungan", "The place is as the visit found it", 20),
]
"""Code, Indonesian, English, weight; five points each."""
UNCHANGED = """
CREATE TRIGGER grant_scoresheet_unchanged BEFORE UPDATE OR DELETE ON grant_scoresheet
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scores();
CREATE TRIGGER grant_assessment_unchanged BEFORE UPDATE OR DELETE ON grant_assessment
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scores();
"""


def _moment(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=not required)


def _rupiah(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=not required)


def _id(name: str, refers: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid, sa.ForeignKey(refers), nullable=False)


def upgrade() -> None:
    """The tables of services/umkm/store/grants/."""
    op.create_table(
        "grant_scoresheet",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("criteria", JSONB, nullable=False),
        *(_whole(name) for name in ("assessors_needed", "pass_percent")),
        _moment("set_at"),
        _text("set_by"),
    )
    op.create_table(
        "grant_round",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_text(name) for name in ("title", "description", "announced_by")),
        *(_moment(name) for name in ("opens_at", "closes_at")),
        *(_whole(name) for name in ("places", "certificates", "version")),
        *(_rupiah(name) for name in ("budget_rupiah", "least_rupiah", "most_rupiah")),
        sa.Column("classes", ARRAY(sa.Text), nullable=False),
        *(_whole(name, required=False) for name in ("barred_years", "granted")),
        sa.Column("scoresheet", sa.Integer, sa.ForeignKey("grant_scoresheet.version"), nullable=False),
        *(_text(name, required=False) for name in ("ended", "reason", "decided_by")),
        _rupiah("granted_rupiah", required=False),
        _moment("decided_at", required=False),
        sa.CheckConstraint("granted <= places AND granted_rupiah <= budget_rupiah", name="ck_grant_round_granted"),
    )
    op.create_index("ix_grant_round_closes_at_id", "grant_round", ["closes_at", "id"])
    _applications()
    criteria = [
        {"code": code, "text": {"id": indonesian, "en": english}, "most_points": 5, "weight": weight}
        for code, indonesian, english, weight in FIRST_SHEET
    ]
    first = sa.text(
        "INSERT INTO grant_scoresheet (version, criteria, assessors_needed, pass_percent, set_at, set_by)"
        " VALUES (1, CAST(:criteria AS jsonb), 2, 60, now(), 'system')"
    )
    op.execute(first.bindparams(criteria=json.dumps(criteria)))
    op.execute(UNCHANGED)


def _applications() -> None:
    op.create_table(
        "grant_application",
        sa.Column("id", sa.Uuid, primary_key=True),
        _id("round_id", "grant_round.id"),
        _id("owner_id", "owner.id"),
        _id("business_id", "business.id"),
        *(_text(name) for name in ("household_key", "kecamatan_code", "size_class", "use", "applied_by", "state")),
        _rupiah("rupiah"),
        sa.Column("scoresheet", sa.Integer, sa.ForeignKey("grant_scoresheet.version"), nullable=False),
        _moment("applied_at"),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        *(_text(name, required=False) for name in ("reviewed_by", "visited_by", "findings", "reason", "receipt")),
        *(sa.Column(name, sa.Date) for name in ("visited_on", "handed_on")),
        _rupiah("granted_rupiah", required=False),
        _moment("decided_at", required=False),
        _whole("version"),
    )
    holds = sa.text("state NOT IN ('refused', 'withdrawn')")
    for name, column in (("owner", "owner_id"), ("household", "household_key")):
        op.create_index(
            f"uq_grant_{name}", "grant_application", [column, "round_id"], unique=True, postgresql_where=holds
        )
    op.create_index("ix_grant_round_id_state", "grant_application", ["round_id", "state", "id"])
    op.create_index("ix_grant_owner_id", "grant_application", ["owner_id"])
    op.create_index("ix_grant_business_id", "grant_application", ["business_id"])
    op.create_index("ix_grant_state_id", "grant_application", ["state", "id"])
    op.create_index("ix_grant_decided_at", "grant_application", ["decided_at"])
    op.create_table(
        "earlier_grant",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_text(name) for name in ("person_key", "programme")),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
        _moment("recorded_at"),
        sa.UniqueConstraint("person_key", "programme", name="uq_earlier_grant_person_key_programme"),
    )
    op.create_table(
        "grant_assessment",
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("grant_application.id"), primary_key=True),
        sa.Column("assessor", sa.Text, primary_key=True),
        sa.Column("scores", JSONB, nullable=False),
        _whole("percent"),
        _text("remark", required=False),
        _moment("given_at"),
    )
