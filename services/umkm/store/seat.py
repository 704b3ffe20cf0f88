"""Seats and waiting lists. An owner has one live seat in a batch at most (uq_seat_live)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    RowMapping,
    Select,
    SmallInteger,
    Table,
    Text,
    Uuid,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListSeats, PriorityReason, SeatState, SizeClass

from ..domain.business import HIDDEN
from ..domain.seat import LIVE, TAKEN, Seat, is_social
from .batch import batch
from .business import business
from .columns import CITIZEN, metadata, moment
from .owner import owner

seat = Table(
    "seat",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("batch_id", Uuid, nullable=False),
    Column("business_id", Uuid, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", JSONB, nullable=False),
    Column("points", SmallInteger, nullable=False),
    Column("social", Boolean, nullable=False, comment="for whom the head start is"),
    Column("size_class", Text, nullable=False, comment="of the business when it asked"),
    Column("kecamatan_code", Text, nullable=False, comment="likewise"),
    moment("asked_at", required=True),
    moment("expires_at"),
    Column("version", Integer, nullable=False),
)
_WAITING = seat.c.state == SeatState.WAITING
_COUNT = select(
    func.count().filter(seat.c.state.in_(TAKEN)).label("taken"), func.count().filter(_WAITING).label("waiting")
)
_PLACES = text("""
SELECT id, place FROM (
  SELECT id, row_number() OVER (PARTITION BY batch_id ORDER BY points DESC, number) AS place
  FROM seat WHERE state = 'waiting' AND batch_id = ANY(:batches)) AS list
WHERE id = ANY(:seats)
""")


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a batch."""

    taken: int = 0
    waiting: int = 0


def put(work: Work, changed: Seat, known: bool) -> None:
    """Store a new one, or one whose batch is locked."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values |= {"points": changed.points, "social": is_social(changed.reasons), "reasons": list(changed.reasons)}
    if known:
        work.update(seat, {"id": changed.id}, **values)
    else:
        work.insert(seat, id=changed.id, **values)


def count(work: Work, batch_id: UUID) -> Counts:
    """Seats that are taken (offers are), and how many wait."""
    row = work.read(_COUNT.where(seat.c.batch_id == batch_id)).mappings().one()
    return Counts(row["taken"], row["waiting"])


def before(work: Work, new: Seat) -> tuple[Counts, Seat | None, int]:
    """What one more seat meets, in one question, since others wait meanwhile: seats that are taken, and how many wait;
    the owner's own seat or place, if there is one; how many of the list are further ahead."""
    ahead = func.count().filter(_WAITING & (seat.c.points >= new.points)).label("ahead")
    mine = func.max(cast(seat.c.id, Text)).filter(seat.c.state.in_(LIVE) & (seat.c.owner_id == new.owner_id))
    wanted = _COUNT.add_columns(ahead, mine.label("mine")).where(seat.c.batch_id == new.batch_id)
    row = work.read(wanted).mappings().one()
    own = get(work, UUID(row["mine"])) if row["mine"] else None
    return Counts(row["taken"], row["waiting"]), own, row["ahead"]


def counts(work: Work, batch_ids: Collection[UUID]) -> dict[UUID, Counts]:
    """Of several batches."""
    wanted = _COUNT.add_columns(seat.c.batch_id).where(seat.c.batch_id.in_(batch_ids)).group_by(seat.c.batch_id)
    return {row["batch_id"]: Counts(row["taken"], row["waiting"]) for row in work.read(wanted).mappings()}


def next_waiting(work: Work, batch_id: UUID, limit: int, *, social: bool) -> list[Seat]:
    """Who is first on the list, but for suspended businesses; `social`: only those for whom the head start is."""
    hidden = select(business.c.id).where(business.c.state.in_(HIDDEN))
    wanted = select(seat).where(seat.c.batch_id == batch_id, _WAITING, seat.c.business_id.not_in(hidden))
    if social:
        wanted = wanted.where(seat.c.social)
    wanted = wanted.order_by(seat.c.points.desc(), seat.c.number).limit(limit)
    return [_entity(row) for row in work.read(wanted).mappings()]


def get(work: Work, seat_id: UUID) -> Seat | None:
    """One that the caller may see."""
    row = work.read(_mine(work, select(seat).where(seat.c.id == seat_id))).mappings().first()
    return _entity(row) if row else None


def of_batch(work: Work, batch_id: UUID, *states: SeatState) -> list[Seat]:
    """By number."""
    wanted = select(seat).where(seat.c.batch_id == batch_id, seat.c.state.in_(states)).order_by(seat.c.number)
    return [_entity(row) for row in work.read(wanted).mappings()]


def batches_of_business(work: Work, business_id: UUID, states: Collection[SeatState]) -> list[UUID]:
    """In which batches a business has seats of these states, in the order in which batches are locked."""
    wanted = select(seat.c.batch_id).where(seat.c.business_id == business_id, seat.c.state.in_(states))
    return list(work.read(wanted.distinct().order_by(seat.c.batch_id)).scalars())


def waiting_of(work: Work, owner_ids: Collection[UUID]) -> list[Seat]:
    """Places of some owners on lists, in the order in which batches are locked."""
    wanted = select(seat).where(seat.c.owner_id.in_(owner_ids), _WAITING).order_by(seat.c.batch_id, seat.c.number)
    return [_entity(row) for row in work.read(wanted).mappings()]


def was_served(work: Work, owner_id: UUID, other: UUID) -> bool:
    """Whether the owner has, or had, a seat in another batch of this one's kind."""
    kind = select(batch.c.kind).where(batch.c.id == other).scalar_subquery()
    had = (SeatState.ACCEPTED, SeatState.ATTENDED, SeatState.PASSED, SeatState.FAILED, SeatState.NO_SHOW)
    wanted = (
        select(seat.c.id)
        .join(batch, batch.c.id == seat.c.batch_id)
        .where(seat.c.owner_id == owner_id, seat.c.batch_id != other, seat.c.state.in_(had), batch.c.kind == kind)
    )
    return work.read(wanted.limit(1)).first() is not None


def places(work: Work, seats: Collection[Seat]) -> dict[UUID, int]:
    """Places on the waiting list of those who wait."""
    waiting = [one for one in seats if one.state is SeatState.WAITING]
    if not waiting:
        return {}
    told = {"batches": list({one.batch_id for one in waiting}), "seats": [one.id for one in waiting]}
    return {row["id"]: row["place"] for row in work.read(_PLACES, told).mappings()}


def pages(work: Work, query: ListSeats) -> tuple[list[Seat], str | None]:
    """As they were asked for."""
    statement = _mine(work, select(seat))
    for name in ("batch_id", "business_id", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(seat.c[name] == value)
    rows, cursor = page(work, statement, query, seat.c.id)
    return [_entity(row) for row in rows], cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    return statement.where(seat.c.owner_id.in_(select(owner.c.id).where(owner.c.citizen.in_(citizens))))


def _entity(row: RowMapping) -> Seat:
    values = {name: value for name, value in row.items() if name not in ("points", "social")}
    reasons = tuple(map(PriorityReason, row["reasons"]))
    return Seat(
        **{**values, "size_class": SizeClass(row["size_class"]), "state": SeatState(row["state"]), "reasons": reasons}
    )
