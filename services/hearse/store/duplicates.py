"""Pairs of bookings that may be for one deceased, the later one first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid, false, select, text

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

# Asked with every look at a booking: as text, because building it anew each time cost more than running it.
_LINKED = text("""
SELECT pair.one, pair.another, pair.reason FROM (
  SELECT booking_id AS one, other_id AS another, reason, noticed_at FROM possible_duplicate WHERE booking_id = ANY(:ids)
  UNION ALL
  SELECT other_id, booking_id, reason, noticed_at FROM possible_duplicate WHERE other_id = ANY(:ids)
) AS pair JOIN booking ON booking.id = pair.another
WHERE booking.state NOT IN ('cancelled', 'completed', 'expired', 'rejected')
ORDER BY pair.noticed_at, pair.another
""")


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
    for row in work.read(_LINKED, {"ids": list(ids)}).mappings():
        duplicate = PossibleDuplicate(booking_id=row["another"], reason=SameReason(row["reason"]))
        found[row["one"]].append(duplicate)
    return found
