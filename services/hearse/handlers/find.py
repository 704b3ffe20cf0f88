"""Loading what a request names, or refusing it: not found, not the caller's, changed meanwhile."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import Forbidden, NotFound, require_version

from .. import store
from ..domain.booking import Booking

SUPERVISE = "hearse:supervise"


def booking(work: Work, booking_id: UUID, *, lock: bool = False, seen: int | None = None) -> Booking:
    """The booking, if the caller may see it. Raises NotFound, or StaleVersion if the caller saw another version."""
    found = store.booking.get(work, booking_id, lock=lock)
    if found is None:
        raise NotFound(f"no booking {booking_id}", detail_id=f"tidak ada pesanan {booking_id}")
    require_version(found.version, seen)
    return found


def require_unit(work: Work, vehicle_id: str) -> None:
    """Row scope: a crew touches its own vehicles only. Raises Forbidden."""
    if not work.actor.may_touch(store.booking.UNIT, vehicle_id):
        raise Forbidden(
            f"vehicle {vehicle_id} is not yours",
            detail_id=f"kendaraan {vehicle_id} bukan milik Anda",
            vehicle_id=vehicle_id,
        )
