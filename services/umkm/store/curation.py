"""Rounds of curation."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, RowMapping, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListCurations, SizeClass

from ..domain.curation import Curation
from .columns import locked, metadata, moment
from .scoring import Scores, Sheets

sheets = Sheets("scoresheet")
curation = Table(
    "curation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("listing_id", Uuid, nullable=False),
    Column("round", Integer, nullable=False),
    Column("scoresheet", Integer, nullable=False, comment="version"),
    Column("size_class", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    moment("begun_at", required=True),
    moment("ended_at"),
    Column("published", Boolean),
    Column("decided_by", Text),
    moment("decided_at"),
    Column("reason", Text, comment="encrypted"),
)
scores = Scores("assessment", "curation_id")


def begin(work: Work, new: Curation) -> None:
    """A round."""
    work.insert(
        curation,
        id=new.id,
        listing_id=new.listing_id,
        round=new.round,
        scoresheet=new.scoresheet.version,
        begun_at=new.begun_at,
        size_class=new.size_class,
        kecamatan_code=new.kecamatan_code,
    )


def decided(work: Work, changed: Curation) -> None:
    """Store a decision."""
    work.update(
        curation,
        {"id": changed.id},
        published=changed.published,
        decided_by=changed.decided_by,
        decided_at=changed.decided_at,
        reason=encrypt(work, changed.reason, "curation.reason", changed.id),
        ended_at=work.now,
    )


def left(work: Work, listing_id: UUID, round: int) -> None:
    """The owner took it back before a decision."""
    found = last(work, listing_id)
    if found is not None and found.round == round:
        work.update(curation, {"id": found.id}, ended_at=work.now)


def last(work: Work, listing_id: UUID, *, lock: bool = False) -> Curation | None:
    """The last round of a listing."""
    wanted = select(curation).where(curation.c.listing_id == listing_id).order_by(curation.c.round.desc()).limit(1)
    row = work.read(locked(wanted, lock)).mappings().first()
    return _entities(work, [row])[0] if row else None


def pages(work: Work, query: ListCurations) -> tuple[list[Curation], str | None]:
    """Those that wait, longest first."""
    wanted = select(curation).where(curation.c.ended_at.is_(None))
    rows, cursor = page(work, wanted, query, curation.c.begun_at, curation.c.id)
    return _entities(work, rows), cursor


def _entities(work: Work, rows: Sequence[RowMapping]) -> list[Curation]:
    given = scores.of(work, [row["id"] for row in rows])
    used = sheets.some(work, {row["scoresheet"] for row in rows})
    found = []
    for row in rows:
        values = {
            name: row[name]
            for name in ("id", "listing_id", "round", "begun_at", "published", "decided_by", "kecamatan_code")
        }
        reason = decrypt(work, row["reason"], "curation.reason", row["id"])
        values |= {"decided_at": row["decided_at"], "reason": reason, "size_class": SizeClass(row["size_class"])}
        found.append(Curation(scoresheet=used[row["scoresheet"]], assessments=given.get(row["id"], ()), **values))
    return found
