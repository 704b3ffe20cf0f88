"""What shoppers see: a row for each listing that is shown, with its words; and the words of all of them.

Only what every PostgreSQL has: tsvector with words as they are (no configuration, no extension), so that a search
finds the same on each. Which words are meant is decided in domain/words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import SearchListings

from .columns import metadata, moment

catalogue = Table(
    "catalogue",
    metadata,
    Column("listing_id", Uuid, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    Column("category", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    Column("halal", Boolean, nullable=False),
    Column("pirt", Boolean, nullable=False),
    moment("published_at", required=True),
    Column("words", TSVECTOR, nullable=False, comment="of title, description and business"),
    Column("head", TSVECTOR, nullable=False, comment="of the title"),
)
catalogue_word = Table(
    "catalogue_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("listings", Integer, nullable=False),
)
MOST_BEGINNINGS = 40
_PUT = text("""
INSERT INTO catalogue (listing_id, business_id, category, kecamatan_code, halal, pirt, published_at, words, head)
VALUES (:listing_id, :business_id, :category, :kecamatan_code, :halal, :pirt, :published_at,
        array_to_tsvector(CAST(:words AS text[])), array_to_tsvector(CAST(:head AS text[])))
ON CONFLICT (listing_id) DO UPDATE SET category = excluded.category, kecamatan_code = excluded.kecamatan_code,
  halal = excluded.halal, pirt = excluded.pirt, published_at = excluded.published_at,
  words = excluded.words, head = excluded.head
""")
_REMOVE = text("DELETE FROM catalogue WHERE listing_id = :listing_id")
_WORDS = text("SELECT tsvector_to_array(words) FROM catalogue WHERE listing_id = :listing_id FOR UPDATE")
# In the order of the words, so that two that publish at once never wait for each other.
_COUNT = text("""
INSERT INTO catalogue_word (word, listings)
SELECT word, :by FROM unnest(CAST(:words AS text[])) AS word ORDER BY word
ON CONFLICT (word) DO UPDATE SET listings = catalogue_word.listings + excluded.listings
""")
_KNOWN = text("SELECT word FROM catalogue_word WHERE word = ANY(:words) AND listings > 0")
_BEGINNING = text("""
SELECT word FROM catalogue_word WHERE word LIKE :beginning AND listings > 0 ORDER BY listings DESC, word LIMIT :most
""")
_EVERY = text("SELECT word, listings FROM catalogue_word WHERE listings > 0")


def put(work: Work, words: Collection[str], head: Collection[str], **values: Any) -> None:
    """A listing as it is shown now."""
    before = _words(work, values["listing_id"])
    work.read(_PUT, {**values, "words": sorted(words), "head": sorted(head)})
    _count(work, set(words) - before, 1)
    _count(work, before - set(words), -1)


def remove(work: Work, listing_id: UUID) -> None:
    """It is not shown any more."""
    before = _words(work, listing_id)
    if before:
        work.read(_REMOVE, {"listing_id": listing_id})
        _count(work, before, -1)


def is_shown(work: Work, listing_id: UUID) -> bool:
    """Whether shoppers see it."""
    wanted = select(catalogue.c.listing_id).where(catalogue.c.listing_id == listing_id)
    return work.read(wanted).first() is not None


def known(work: Work, words: Collection[str]) -> list[str]:
    """Those of some words that a listing has."""
    return list(work.read(_KNOWN, {"words": list(words)}).scalars())


def beginning(work: Work, start: str) -> list[str]:
    """Words that begin so, the most frequent first. `start` holds letters and digits only."""
    told = {"beginning": f"{start}%", "most": MOST_BEGINNINGS}
    return list(work.read(_BEGINNING, told).scalars())


def every(work: Work) -> dict[str, int]:
    """All words, and how many listings have each."""
    return {row.word: row.listings for row in work.read(_EVERY)}


def newest(work: Work, query: SearchListings) -> tuple[list[UUID], str | None]:
    """Listings without words to look for, newest first."""
    wanted = _filtered(select(catalogue.c.listing_id, catalogue.c.published_at), query)
    order = (catalogue.c.published_at, catalogue.c.listing_id)
    rows, cursor = page(work, wanted, query, *order, newest_first=True)
    return [row["listing_id"] for row in rows], cursor


def search(work: Work, query: SearchListings, groups: Sequence[Sequence[str]]) -> tuple[list[UUID], str | None]:
    """Listings that have a word of each group: those with them in the title first, then the newest."""
    sought = cast(bindparam("sought", tsquery(groups)), TSQUERY)
    rank = cast(catalogue.c.head.op("@@")(sought), Integer).label("rank")
    wanted = select(rank, catalogue.c.published_at, catalogue.c.listing_id).where(catalogue.c.words.op("@@")(sought))
    found = _filtered(wanted, query).subquery()
    order = (found.c.rank, found.c.published_at, found.c.listing_id)
    rows, cursor = page(work, select(found), query, *order, newest_first=True)
    return [row["listing_id"] for row in rows], cursor


def tsquery(groups: Sequence[Sequence[str]]) -> str:
    """All groups, of each one word. Words hold letters and digits only; quoted all the same."""
    return " & ".join(
        "(" + " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in group) + ")"
        for group in groups
    )


def _filtered(statement: Select[Any], query: SearchListings) -> Select[Any]:
    for name in ("category", "kecamatan_code", "halal", "pirt", "business_id"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(catalogue.c[name] == value)
    return statement


def _words(work: Work, listing_id: UUID) -> set[str]:
    return set(work.read(_WORDS, {"listing_id": listing_id}).scalar() or ())


def _count(work: Work, words: Collection[str], by: int) -> None:
    if words:
        work.read(_COUNT, {"words": sorted(words), "by": by})
