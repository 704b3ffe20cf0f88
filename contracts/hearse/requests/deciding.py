"""What is decided of a booking: approved, rejected, cancelled, disputed."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from ...base import Request
from ..ids import SeenVersion
from ..values import CancellationReason, RejectionReason
from ..views import BookingView

IN_WORDS = Field(default=None, max_length=500, repr=False, description="In words; stays with the service.")


class ApproveBooking(Request, operation="hearse.approve_booking", scope="hearse:schedule", reply=BookingView):
    """Take responsibility for serving it; papers that may follow do not stand in the way."""

    booking_id: UUID
    version: SeenVersion | None = None


class RejectBooking(Request, operation="hearse.reject_booking", scope="hearse:schedule", reply=BookingView):
    """Not served; the family is told why."""

    booking_id: UUID
    reason: RejectionReason
    note: str | None = IN_WORDS
    version: SeenVersion | None = None


class CancelBooking(Request, operation="hearse.cancel_booking", scope="hearse:book", reply=BookingView):
    """Nobody needs it any more; its vehicle is free again. Not once the deceased is in the vehicle."""

    booking_id: UUID
    reason: Literal[
        CancellationReason.BY_FAMILY,
        CancellationReason.OWN_TRANSPORT,
        CancellationReason.DUPLICATE,
        CancellationReason.OTHER,
    ]
    note: str | None = IN_WORDS
    version: SeenVersion | None = None


class DisputeBooking(Request, operation="hearse.dispute_booking", scope="hearse:schedule", reply=BookingView):
    """The family does not agree: on hold, the vehicle is free again until the responsible person has decided."""

    booking_id: UUID
    responsible: str = Field(min_length=3, max_length=150, repr=False, description="The person who decides, by name.")
    note: str = Field(min_length=3, max_length=500, repr=False, description="What is in dispute.")
    version: SeenVersion | None = None


class SettleDispute(Request, operation="hearse.settle_dispute", scope="hearse:supervise", reply=BookingView):
    """The responsible person has decided: it goes on, to be planned anew. If it does not go on, cancel it."""

    booking_id: UUID
    decided_by: str = Field(min_length=3, max_length=150, repr=False, description="The person who decided, by name.")
    note: str = Field(min_length=3, max_length=500, repr=False, description="What was decided.")
    version: SeenVersion | None = None
