"""Products with photos, curation, and what shoppers see."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "umkm_0004"
down_revision = "umkm_0003"
branch_labels = None
depends_on = None
FIRST_SHEET = [
    ("photo", "Foto jelas dan jujur", "Photos are clear and honest", 20),
    ("description", "Keterangan lengkap: isi, ukuran, bahan", "Description tells contents, size, materials", 20),
    ("price", "Harga wajar dan jelas satuannya", "Price is fair and its unit clear", 15),
    ("packaging", "Kemasan dan label memenuhi aturan", "Packaging and label follow the rules", 25),
    ("supply", "Sanggup memenuhi pesanan", "Able to deliver what is ordered", 20),
]
"""Code, Indonesian, English, weight; five points each."""
UNCHANGED = """
CREATE FUNCTION refuse_change_of_scores() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'scoresheets and assessments are never changed'; END $$;
CREATE TRIGGER scoresheet_unchanged BEFORE UPDATE ON scoresheet
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scores();
CREATE TRIGGER assessment_unchanged BEFORE UPDATE OR DELETE ON assessment
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_scores();
"""


def _moment(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    """The tables of services/umkm/store/listing.py, curation.py and catalogue.py."""
    op.create_table(
        "listing",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("business_id", sa.Uuid, sa.ForeignKey("business.id"), nullable=False),
        *(_text(name) for name in ("state", "title", "description", "category", "unit")),
        sa.Column("price_rupiah", sa.BigInteger, nullable=False),
        sa.Column("stock", sa.Integer),
        sa.Column("permit_ids", JSONB, nullable=False),
        *(_text(name, required=False) for name in ("cause", "reason")),
        _moment("published_at", required=False),
        *(_whole(name) for name in ("round", "version")),
    )
    op.create_index("ix_listing_business_id", "listing", ["business_id"])
    op.create_index("ix_listing_state_id", "listing", ["state", "id"])
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("listing_id", sa.Uuid, sa.ForeignKey("listing.id"), nullable=False),
        *(_whole(name) for name in ("place", "width", "height")),
        *(_text(name) for name in ("large_key", "small_key")),
        sa.UniqueConstraint("listing_id", "place", name="uq_photo_listing_id_place"),
    )
    for name in ("large_key", "small_key"):
        op.create_index(f"ix_photo_{name}", "photo", [name])
    _curation()
    _catalogue()


def _curation() -> None:
    op.create_table(
        "scoresheet",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("criteria", JSONB, nullable=False),
        *(_whole(name) for name in ("assessors_needed", "pass_percent")),
        _moment("set_at"),
        _text("set_by"),
    )
    op.create_table(
        "curation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("listing_id", sa.Uuid, sa.ForeignKey("listing.id"), nullable=False),
        *(_whole(name) for name in ("round", "scoresheet")),
        *(_text(name) for name in ("size_class", "kecamatan_code")),
        _moment("begun_at"),
        *(_moment(name, required=False) for name in ("ended_at", "decided_at")),
        sa.Column("published", sa.Boolean),
        *(_text(name, required=False) for name in ("decided_by", "reason")),
        sa.UniqueConstraint("listing_id", "round", name="uq_curation_listing_id_round"),
    )
    waits = sa.text("ended_at IS NULL")
    op.create_index("ix_curation_decided_at", "curation", ["decided_at"])
    op.create_index("ix_curation_waiting", "curation", ["begun_at", "id"], postgresql_where=waits)
    op.create_table(
        "assessment",
        sa.Column("curation_id", sa.Uuid, sa.ForeignKey("curation.id"), primary_key=True),
        sa.Column("assessor", sa.Text, primary_key=True),
        sa.Column("scores", JSONB, nullable=False),
        _whole("percent"),
        _text("remark", required=False),
        _moment("given_at"),
    )
    criteria = [
        {"code": code, "text": {"id": indonesian, "en": english}, "most_points": 5, "weight": weight}
        for code, indonesian, english, weight in FIRST_SHEET
    ]
    first = sa.text(
        "INSERT INTO scoresheet (version, criteria, assessors_needed, pass_percent, set_at, set_by)"
        " VALUES (1, CAST(:criteria AS jsonb), 2, 60, now(), 'system')"
    )
    op.execute(first.bindparams(criteria=json.dumps(criteria)))
    op.execute(UNCHANGED)


def _catalogue() -> None:
    op.create_table(
        "catalogue",
        sa.Column("listing_id", sa.Uuid, sa.ForeignKey("listing.id"), primary_key=True),
        sa.Column("business_id", sa.Uuid, nullable=False),
        *(_text(name) for name in ("category", "kecamatan_code")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("halal", "pirt")),
        _moment("published_at"),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.Column("head", TSVECTOR, nullable=False),
    )
    op.create_index("ix_catalogue_words", "catalogue", ["words"], postgresql_using="gin")
    newest = ["published_at", "listing_id"]
    op.create_index("ix_catalogue_published_at_listing_id", "catalogue", newest)
    op.create_index("ix_catalogue_kecamatan", "catalogue", ["kecamatan_code", *newest])
    op.create_index("ix_catalogue_category", "catalogue", ["category", *newest])
    op.create_index("ix_catalogue_business_id", "catalogue", ["business_id"])
    op.create_table(
        "catalogue_word",
        sa.Column("word", sa.Text(collation="C"), primary_key=True),
        _whole("listings"),
    )
