"""Pairs of bookings that may be for one deceased, the later one first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid, false, select

from chassis.work import Work
from contracts.hearse.values import SameReason
from contracts.hearse.views import PossibleDuplicate

from ..domain.booking import Booking
from ..domain.death import SAME_NAME_WITHIN, SAME_TIME
from .booking import IS_OPEN, booking, load
from .columns import metadata, moment

MOST_SIMILAR = 50

possible_duplicate = Table(
    "possible_duplicate",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("other_id", Uuid, ForeignKey("booking.id"), primary_key=True, index=True),
    Column("reason", Text, nullable=False),
    moment("noticed_at", required=True),
)


def similar(work: Work, new: Booking) -> list[Booking]:
    """Open bookings that may be for the same deceased, oldest first: of the same person or name, or the same time."""
    about = booking.c.person_key == new.deceased.person_key if new.deceased.person_key else false()
    if new.deceased.name_key is not None:
        recent = booking.c.created_at >= new.created_at - SAME_NAME_WITHIN
        about = about | ((booking.c.name_key == new.deceased.name_key) & recent)
    if (at := new.deceased.died_at) is not None:
        about = about | booking.c.died_at.between(at - SAME_TIME, at + SAME_TIME)
    statement = select(booking).where(about, IS_OPEN, booking.c.id != new.id)
    return load(work, statement.order_by(booking.c.created_at, booking.c.id).limit(MOST_SIMILAR))


def link(work: Work, later: Booking, other: Booking, reason: SameReason) -> None:
    """Remember that two bookings may be for one deceased."""
    values = {"reason": reason, "noticed_at": work.now}
    work.upsert(possible_duplicate, {"booking_id": later.id, "other_id": other.id}, **values)


def linked(work: Work, ids: Sequence[UUID]) -> dict[UUID, list[PossibleDuplicate]]:
    """For each booking the open ones that may be for the same deceased."""
    found: dict[UUID, list[PossibleDuplicate]] = defaultdict(list)
    pair, ends = possible_duplicate.c, (possible_duplicate.c.booking_id, possible_duplicate.c.other_id)
    for mine, other in (ends, ends[::-1]):
        statement = select(mine.label("one"), other.label("another"), pair.reason).join(booking, booking.c.id == other)
        statement = statement.where(mine.in_(ids), IS_OPEN)
        for row in work.read(statement.order_by(pair.noticed_at, other)).mappings():
            duplicate = PossibleDuplicate(booking_id=row["another"], reason=SameReason(row["reason"]))
            found[row["one"]].append(duplicate)
    return found
