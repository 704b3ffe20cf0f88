"""Blocks of vehicles and officers. Their reservation has the same id."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, RowMapping, Table, Text, Uuid, or_, select

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work

from ..domain.block import Block
from ..domain.window import Window
from .columns import locked, metadata, moment
from .reservation import reservation

MOST = 500

block = Table(
    "block",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resource", Text, nullable=False, comment="vehicle:id or officer:id"),
    moment("begins_at", required=True),
    moment("ends_at"),
    Column("reason", Text, nullable=False, comment="encrypted"),
    Column("blocked_by", Text, nullable=False),
    moment("lifted_at"),
)


def add(work: Work, new: Block) -> None:
    """Store a block and reserve its time."""
    times = {"begins_at": new.window.begins_at, "ends_at": new.window.ends_at}
    work.insert(
        block,
        id=new.id,
        resource=new.resource,
        **times,
        reason=encrypt(work, new.reason, "block.reason", new.id),
        blocked_by=work.actor.subject,
    )
    work.insert(reservation, id=new.id, resource=new.resource, **times, away=True)


def lift(work: Work, lifted: Block) -> None:
    """Give the time back."""
    work.update(block, {"id": lifted.id}, lifted_at=lifted.lifted_at)
    work.delete(reservation, {"id": lifted.id})


def get(work: Work, block_id: UUID, *, lock: bool = False) -> Block | None:
    """One block."""
    row = work.read(locked(select(block).where(block.c.id == block_id), lock)).mappings().first()
    return _entity(work, row) if row else None


def current(work: Work) -> list[Block]:
    """Those that last or are to come, the earliest first."""
    lasting = block.c.lifted_at.is_(None) & or_(block.c.ends_at.is_(None), block.c.ends_at > work.now)
    statement = select(block).where(lasting).order_by(block.c.begins_at, block.c.id).limit(MOST)
    return [_entity(work, row) for row in work.read(statement).mappings()]


def within(work: Work, window: Window) -> list[Block]:
    """Those that hold in this time, the earliest first."""
    inside = or_(block.c.ends_at.is_(None), block.c.ends_at > window.begins_at)
    if window.ends_at is not None:
        inside &= block.c.begins_at < window.ends_at
    statement = select(block).where(block.c.lifted_at.is_(None), inside).order_by(block.c.begins_at, block.c.id)
    return [_entity(work, row) for row in work.read(statement).mappings()]


def _entity(work: Work, row: RowMapping) -> Block:
    reason = decrypt(work, row["reason"], "block.reason", row["id"])
    assert reason is not None, "the column is NOT NULL"
    window = Window(row["begins_at"], row["ends_at"])
    return Block(row["id"], row["resource"], window, reason, row["lifted_at"])
