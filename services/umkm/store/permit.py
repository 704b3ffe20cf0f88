"""Permits; one number belongs to one business (uq_permit_kind_number)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Column, Date, RowMapping, Table, Text, Uuid, select

from chassis.work import Work
from contracts.umkm import PermitKind

from ..domain.permit import Permit
from .columns import locked, metadata

permit = Table(
    "permit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("valid_until", Date, nullable=False),
)


def put(work: Work, changed: Permit) -> None:
    """Store a new or renewed one."""
    work.upsert(permit, {"id": changed.id}, **{k: v for k, v in asdict(changed).items() if k != "id"})


def get(work: Work, permit_id: UUID) -> Permit | None:
    """One."""
    row = work.read(select(permit).where(permit.c.id == permit_id)).mappings().first()
    return _entity(row) if row else None


def numbered(work: Work, kind: PermitKind, number: str) -> Permit | None:
    """The one with this number, locked."""
    wanted = select(permit).where(permit.c.kind == kind, permit.c.number == number)
    row = work.read(locked(wanted, True)).mappings().first()
    return _entity(row) if row else None


def some(work: Work, ids: Collection[UUID]) -> list[Permit]:
    """Several."""
    if not ids:
        return []
    return [_entity(row) for row in work.read(select(permit).where(permit.c.id.in_(ids))).mappings()]


def of(work: Work, business_ids: Collection[UUID]) -> list[Permit]:
    """All of some businesses, in a steady order."""
    wanted = select(permit).where(permit.c.business_id.in_(business_ids)).order_by(permit.c.kind, permit.c.number)
    return [_entity(row) for row in work.read(wanted).mappings()]


def _entity(row: RowMapping) -> Permit:
    return Permit(**{**row, "kind": PermitKind(row["kind"])})
