"""Rounds of grants, and the versions of their scoresheet."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import GrantRoundState, ListGrantRounds, SizeClass

from ...domain.grants.round import GrantRound
from ..columns import locked, metadata, moment
from ..scoring import Sheets

sheets = Sheets("grant_scoresheet")
grant_round = Table(
    "grant_round",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    moment("opens_at", required=True),
    moment("closes_at", required=True),
    Column("places", Integer, nullable=False),
    Column("budget_rupiah", BigInteger, nullable=False),
    Column("least_rupiah", BigInteger, nullable=False),
    Column("most_rupiah", BigInteger, nullable=False),
    Column("classes", ARRAY(Text), nullable=False),
    Column("certificates", Integer, nullable=False),
    Column("barred_years", Integer),
    Column("scoresheet", Integer, nullable=False, comment="version"),
    Column("announced_by", Text, nullable=False),
    Column("ended", Text, comment="decided or cancelled"),
    Column("reason", Text),
    Column("granted", Integer),
    Column("granted_rupiah", BigInteger),
    moment("decided_at"),
    Column("decided_by", Text),
    Column("version", Integer, nullable=False),
)


def put(work: Work, changed: GrantRound, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["classes"] = list(changed.classes)
    if known:
        work.update(grant_round, {"id": changed.id}, **values)
    else:
        work.insert(grant_round, id=changed.id, **values)


def get(work: Work, round_id: UUID, *, lock: bool = False) -> GrantRound | None:
    """One."""
    wanted = select(grant_round).where(grant_round.c.id == round_id)
    row = work.read(locked(wanted, lock)).mappings().first()
    return _entity(row) if row else None


def pages(work: Work, query: ListGrantRounds) -> tuple[list[GrantRound], str | None]:
    """Those that close last first."""
    rows, cursor = page(work, select(grant_round), query, grant_round.c.closes_at, grant_round.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def _entity(row: RowMapping) -> GrantRound:
    values = {
        "classes": tuple(map(SizeClass, row["classes"])),
        "ended": GrantRoundState(row["ended"]) if row["ended"] else None,
    }
    return GrantRound(**{**row, **values})
