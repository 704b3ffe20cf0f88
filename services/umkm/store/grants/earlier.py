"""Grants from elsewhere, by the key of the person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Table, Text, Uuid, or_, select

from chassis.work import Work

from ..columns import metadata, moment
from ..owner import owner

earlier_grant = Table(
    "earlier_grant",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_key", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("holds", Boolean, nullable=False),
    moment("recorded_at", required=True),
)


def find(work: Work, person_key: str, programme: str) -> UUID | None:
    """The one of this person in this programme."""
    one = earlier_grant.c
    wanted = select(one.id).where(one.person_key == person_key, one.programme == programme)
    found: UUID | None = work.read(wanted).scalar()
    return found


def put(work: Work, id: UUID, person_key: str, programme: str, received_on: date, holds: bool) -> None:
    """A new one, or what holds of it now."""
    work.upsert(
        earlier_grant,
        {"id": id},
        person_key=person_key,
        programme=programme,
        received_on=received_on,
        holds=holds,
        recorded_at=work.now,
    )


def received(
    work: Work, owner_ids: Collection[UUID], household_keys: Collection[str]
) -> list[tuple[UUID, str | None, date]]:
    """Owner, household and day of each that an owner, or somebody of a household who owns a business, has received."""
    wanted = (
        select(owner.c.id, owner.c.household_key, earlier_grant.c.received_on)
        .join(owner, owner.c.person_key == earlier_grant.c.person_key)
        .where(earlier_grant.c.holds, or_(owner.c.id.in_(owner_ids), owner.c.household_key.in_(household_keys)))
    )
    return [(row.id, row.household_key, row.received_on) for row in work.read(wanted)]
