"""Scoresheets, rounds of curation, assessments. Sheets and assessments are never changed (triggers refuse it)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListCurations, SizeClass

from ..domain.curation import Assessment, Curation, Scoresheet, sheet
from .columns import locked, metadata, moment

scoresheet = Table(
    "scoresheet",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("criteria", JSONB, nullable=False),
    Column("assessors_needed", Integer, nullable=False),
    Column("pass_percent", Integer, nullable=False),
    moment("set_at", required=True),
    Column("set_by", Text, nullable=False),
)
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
assessment = Table(
    "assessment",
    metadata,
    Column("curation_id", Uuid, primary_key=True),
    Column("assessor", Text, primary_key=True),
    Column("scores", JSONB, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("remark", Text, comment="encrypted"),
    moment("given_at", required=True),
)


def newest_sheet(work: Work) -> Scoresheet:
    """The one that holds now."""
    return _sheet(work.read(select(scoresheet).order_by(scoresheet.c.version.desc()).limit(1)).mappings().one())


def get_sheet(work: Work, version: int) -> Scoresheet | None:
    """One version."""
    row = work.read(select(scoresheet).where(scoresheet.c.version == version)).mappings().first()
    return _sheet(row) if row else None


def add_sheet(work: Work, new: Scoresheet) -> None:
    """The next version."""
    values = {name: value for name, value in asdict(new).items() if name != "criteria"}
    work.insert(scoresheet, **values, criteria=[asdict(one) for one in new.criteria], set_by=work.actor.subject)


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


def assess(work: Work, curation_id: UUID, new: Assessment) -> None:
    """One more assessment."""
    remark = encrypt(work, new.remark, "assessment.remark", curation_id)
    work.insert(assessment, curation_id=curation_id, **{**asdict(new), "remark": remark, "scores": dict(new.scores)})


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
    given = _assessments(work, [row["id"] for row in rows])
    sheets = {version: get_sheet(work, version) for version in {row["scoresheet"] for row in rows}}
    found = []
    for row in rows:
        used = sheets[row["scoresheet"]]
        assert used is not None, "sheets are never removed"
        values = {
            name: row[name]
            for name in ("id", "listing_id", "round", "begun_at", "published", "decided_by", "kecamatan_code")
        }
        reason = decrypt(work, row["reason"], "curation.reason", row["id"])
        values |= {"decided_at": row["decided_at"], "reason": reason, "size_class": SizeClass(row["size_class"])}
        found.append(Curation(scoresheet=used, assessments=tuple(given.get(row["id"], ())), **values))
    return found


def _assessments(work: Work, curation_ids: Collection[UUID]) -> dict[UUID, list[Assessment]]:
    found: dict[UUID, list[Assessment]] = {}
    wanted = select(assessment).where(assessment.c.curation_id.in_(curation_ids)).order_by(assessment.c.given_at)
    for row in work.read(wanted).mappings():
        values = {name: value for name, value in row.items() if name != "curation_id"}
        values["remark"] = decrypt(work, row["remark"], "assessment.remark", row["curation_id"])
        found.setdefault(row["curation_id"], []).append(Assessment(**values))
    return found


def _sheet(row: RowMapping) -> Scoresheet:
    return sheet(row["version"], row["criteria"], row["assessors_needed"], row["pass_percent"], row["set_at"])
