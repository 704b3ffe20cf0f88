"""Finding a time, holding it, fixing it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Model, Query, Request
from ...times import Moment
from ..ids import OfficerId, SeenVersion, VehicleId
from ..views import BookingView, SlotList

OVERRIDE = Field(
    default=None,
    min_length=3,
    max_length=500,
    repr=False,
    description="A supervisor's reason to go against the city reserve, the second officer or the officers' shifts.",
)


class FindSlots(Query, operation="hearse.find_slots", scope="hearse:bookings", reply=SlotList):
    """The next times at which vehicle, officers and, where it applies, the cemetery are free."""

    booking_id: UUID
    not_before: Moment | None = Field(default=None, description="Default: the booking's earliest time.")
    limit: int = Field(default=3, ge=1, le=20)


class Choice(Model):
    """A time, with vehicle and officers; what is left out is chosen as the slot search would."""

    pickup_at: Moment = Field(description="When the vehicle is at the pick-up.")
    vehicle_id: VehicleId | None = None
    officer_ids: tuple[OfficerId, ...] = Field(default=(), max_length=4, description="The driver first.")


class HoldSlot(Request, Choice, operation="hearse.hold_slot", scope="hearse:book", reply=BookingView):
    """Keep a time while the family decides; another one held for the same booking is given back."""

    booking_id: UUID
    version: SeenVersion | None = None


class ConfirmBooking(Request, operation="hearse.confirm_booking", scope="hearse:schedule", reply=BookingView):
    """Fix the time that is held, or the one named here. Of concurrent confirmations one wins; the others get 409 with
    the next three free slots. Confirmed again with another time, the booking moves there."""

    booking_id: UUID
    pickup_at: Moment | None = Field(default=None, description="Default: the time that is held.")
    vehicle_id: VehicleId | None = None
    officer_ids: tuple[OfficerId, ...] = Field(default=(), max_length=4, description="The driver first.")
    override_reason: str | None = OVERRIDE
    version: SeenVersion | None = None
