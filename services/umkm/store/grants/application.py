"""Applications for grants. An owner has one live or granted application in a round at most, and so has a household
(uq_grant_owner, uq_grant_household)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, RowMapping, Select, Table, Text, Uuid, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.times import WIB
from contracts.umkm import GrantRefusal, GrantState, ListGrants, ListGrantsToScore, SizeClass

from ...domain.grants.application import HELD, LIVE, GrantApplication
from ..columns import CITIZEN, locked, metadata, moment
from ..owner import owner
from ..scoring import Scores
from .round import sheets

grant_application = Table(
    "grant_application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("round_id", Uuid, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("business_id", Uuid, nullable=False),
    Column("household_key", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    Column("size_class", Text, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("use", Text, nullable=False, comment="encrypted"),
    Column("scoresheet", Integer, nullable=False, comment="version"),
    moment("applied_at", required=True),
    Column("applied_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("reviewed_by", Text),
    Column("visited_on", Date),
    Column("visited_by", Text),
    Column("findings", Text, comment="encrypted"),
    Column("granted_rupiah", BigInteger),
    Column("reason", Text, comment="encrypted"),
    moment("decided_at"),
    Column("handed_on", Date),
    Column("receipt", Text),
    Column("version", Integer, nullable=False),
)
scores = Scores("grant_assessment", "application_id")
ENCRYPTED = ("use", "findings", "reason")
_APART = {"id", "scoresheet", "assessments"}


def put(work: Work, changed: GrantApplication, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {one.name: getattr(changed, one.name) for one in fields(changed) if one.name not in _APART}
    values |= {"reasons": list(changed.reasons), "scoresheet": changed.scoresheet.version}
    for name in ENCRYPTED:
        values[name] = encrypt(work, values[name], f"grant_application.{name}", changed.id)
    if known:
        work.update(grant_application, {"id": changed.id}, **values)
    else:
        work.insert(grant_application, id=changed.id, **values)


def get(work: Work, application_id: UUID, *, lock: bool = False) -> GrantApplication | None:
    """One that the caller may see."""
    wanted = _mine(work, select(grant_application).where(grant_application.c.id == application_id))
    rows = work.read(locked(wanted, lock)).mappings().all()
    return _entities(work, rows)[0] if rows else None


def of_round(work: Work, round_id: UUID, *states: GrantState, lock: bool = False) -> list[GrantApplication]:
    """All of a round in some states, in the order of their ids."""
    wanted = select(grant_application).where(
        grant_application.c.round_id == round_id, grant_application.c.state.in_(states)
    )
    rows = work.read(locked(wanted.order_by(grant_application.c.id), lock)).mappings().all()
    return _entities(work, rows)


def count(work: Work, round_id: UUID) -> dict[GrantState, int]:
    """How many of a round are in which state."""
    wanted = select(grant_application.c.state, func.count().label("many")).where(
        grant_application.c.round_id == round_id
    )
    return {GrantState(row.state): row.many for row in work.read(wanted.group_by(grant_application.c.state))}


def live_of(work: Work, round_id: UUID, owner_id: UUID, household_key: str) -> list[tuple[UUID, UUID]]:
    """What a person or a household has in a round that is open: ids and owners."""
    one = grant_application.c
    theirs = or_(one.owner_id == owner_id, one.household_key == household_key)
    wanted = select(one.id, one.owner_id).where(one.round_id == round_id, theirs, one.state.in_(LIVE))
    return [(row.id, row.owner_id) for row in work.read(wanted.order_by(one.id))]


def received(
    work: Work, owner_ids: Collection[UUID], household_keys: Collection[str]
) -> list[tuple[UUID, str | None, date]]:
    """Owner, household and day of each that was granted to one of them."""
    one = grant_application.c
    wanted = select(one.owner_id, one.household_key, one.decided_at).where(
        one.state.in_(HELD), or_(one.owner_id.in_(owner_ids), one.household_key.in_(household_keys))
    )
    rows = work.read(wanted)
    return [(row.owner_id, row.household_key, row.decided_at.astimezone(WIB).date()) for row in rows]


def pages(work: Work, query: ListGrants) -> tuple[list[GrantApplication], str | None]:
    """Newest first."""
    statement = _mine(work, select(grant_application))
    for name in ("round_id", "business_id", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(grant_application.c[name] == value)
    rows, cursor = page(work, statement, query, grant_application.c.id, newest_first=True)
    return _entities(work, rows), cursor


def to_score(work: Work, query: ListGrantsToScore) -> tuple[list[GrantApplication], str | None]:
    """Longest waiting first."""
    statement = select(grant_application).where(grant_application.c.state == GrantState.SCORING)
    if query.round_id is not None:
        statement = statement.where(grant_application.c.round_id == query.round_id)
    rows, cursor = page(work, statement, query, grant_application.c.id)
    return _entities(work, rows), cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    """Row scope: a citizen's own."""
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    return statement.where(grant_application.c.owner_id.in_(select(owner.c.id).where(owner.c.citizen.in_(citizens))))


def _entities(work: Work, rows: Sequence[RowMapping]) -> list[GrantApplication]:
    used = sheets.some(work, {row["scoresheet"] for row in rows})
    given = scores.of(work, [row["id"] for row in rows])
    found = []
    for row in rows:
        values = dict(row) | {
            name: decrypt(work, row[name], f"grant_application.{name}", row["id"]) for name in ENCRYPTED
        }
        values |= {
            "state": GrantState(row["state"]),
            "size_class": SizeClass(row["size_class"]),
            "reasons": tuple(map(GrantRefusal, row["reasons"])),
            "scoresheet": used[row["scoresheet"]],
            "assessments": given.get(row["id"], ()),
        }
        found.append(GrantApplication(**values))
    return found
