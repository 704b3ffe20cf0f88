"""Uploaded rosters."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListRosters, RosterState

from ..domain.roster.upload import OPEN, Upload
from .columns import locked, metadata, moment
from .school import KIND

roster = Table(
    "roster",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("npsn", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("file_key", Text),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("counts", JSONB, nullable=False),
    Column("titles", JSONB, nullable=False),
    Column("school_shown", Boolean, nullable=False),
    Column("pupils_version", Integer),
    Column("refusal", JSONB),
    moment("uploaded_at", required=True),
    Column("uploaded_by", Text, nullable=False),
    moment("since", required=True),
    Column("choices", JSONB, nullable=False),
    moment("applied_at"),
    Column("applied_by", Text),
    Column("ended", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)


def add(work: Work, new: Upload) -> None:
    """Store a new one."""
    work.insert(roster, **asdict(new))


def save(work: Work, changed: Upload) -> None:
    """Store one that was loaded with a lock."""
    work.update(roster, {"id": changed.id}, **{name: value for name, value in asdict(changed).items() if name != "id"})


def get(work: Work, roster_id: UUID, *, lock: bool = False) -> Upload | None:
    """One roster."""
    row = work.read(locked(select(roster).where(roster.c.id == roster_id), lock)).mappings().first()
    return _entity(row) if row else None


def pages(work: Work, query: ListRosters) -> tuple[list[Upload], str | None]:
    """Newest first; only those of schools that the caller may see."""
    statement = select(roster)
    if KIND in work.actor.rows:
        statement = statement.where(roster.c.npsn.in_(work.actor.rows[KIND]))
    if query.npsn is not None:
        statement = statement.where(roster.c.npsn == query.npsn)
    if query.state is not None:
        statement = statement.where(roster.c.state == query.state)
    rows, cursor = page(work, statement, query, roster.c.uploaded_at, roster.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def open_ones(work: Work, npsn: str) -> tuple[UUID, ...]:
    """Rosters of the school that wait, oldest first."""
    statement = select(roster.c.id).where(roster.c.npsn == npsn, roster.c.state.in_(OPEN))
    return tuple(work.read(statement.order_by(roster.c.uploaded_at)).scalars())


def mended_by(work: Work, new: Upload, term: tuple[date, date]) -> datetime | None:
    """When the last roster was uploaded, or what it mended, whose refused rows a new one of its term can mend."""
    refused = roster.c.counts["refused"].as_integer()
    statement = select(roster.c.since).where(
        roster.c.npsn == new.npsn,
        roster.c.school_year == new.school_year,
        roster.c.effective_on.between(*term),
        roster.c.state.in_([RosterState.PREVIEW, RosterState.APPLYING, RosterState.APPLIED]),
        refused > 0,
    )
    found: datetime | None = work.read(statement.order_by(roster.c.uploaded_at.desc()).limit(1)).scalar()
    return found


def keys_in_use(work: Work) -> set[str]:
    """Files that are still to be read."""
    return set(work.read(select(roster.c.file_key).where(roster.c.file_key.is_not(None))).scalars())


def _entity(row: RowMapping) -> Upload:
    return Upload(**{**row, "state": RosterState(row["state"])})
