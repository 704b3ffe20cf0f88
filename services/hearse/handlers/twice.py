"""The same deceased booked twice: linked, both told, nothing merged by itself."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work

from .. import store
from ..domain import death
from ..domain.booking import Booking


def compare(work: Work, booking: Booking) -> None:
    """Link a new booking with those that may be for the same deceased. Those that share a person, a name or a place
    take turns: two in the same moment would not see each other."""
    for shared in sorted(death.shared(booking)):
        take_turn(work, shared)
    linked = {one.booking_id for one in store.duplicates.linked(work, [booking.id]).get(booking.id, [])}
    for other in store.duplicates.similar(work, booking):
        if other.id in linked:
            continue
        if (reason := death.same(booking, other)) is not None:
            store.duplicates.link(work, booking, other, reason)
            work.emit(booking.id, booking.version, death.suspect(booking, other, reason))
            work.audit(booking.id, may_be_same=str(other.id), reason=reason)
