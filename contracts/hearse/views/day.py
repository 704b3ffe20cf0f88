"""A day of the burial unit, by vehicle and by officer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ..values import BookingState


class DayTrip(View):
    """A trip as its crew needs it; no numbers of identity cards."""

    booking_id: UUID
    state: BookingState
    begins_at: AwareDatetime
    pickup_at: AwareDatetime
    arrives_at: AwareDatetime
    ends_at: AwareDatetime
    vehicle_id: str
    officers: tuple[str, ...] = Field(description="Names, the driver first.")
    deceased: str | None = None
    reporter: str | None = None
    phone: str | None = None
    pickup: str = Field(description="In words: address, facility or kelurahan.")
    destination: str = Field(description="In words.")
    note: str | None = None
    papers_missing: tuple[str, ...] = ()


class DayBlock(View):
    """Maintenance or leave within the day."""

    begins_at: AwareDatetime
    ends_at: AwareDatetime | None = None


class VehicleDay(View):
    vehicle_id: str
    plate: str
    trips: tuple[DayTrip, ...] = ()
    blocks: tuple[DayBlock, ...] = ()


class OfficerDay(View):
    officer_id: str
    name: str
    duty: tuple[DayBlock, ...] = Field(default=(), description="When on duty.")
    trips: tuple[DayTrip, ...] = ()
    blocks: tuple[DayBlock, ...] = ()


class DayPlan(View):
    day: date
    vehicles: tuple[VehicleDay, ...]
    officers: tuple[OfficerDay, ...] = Field(description="Empty for a crew: it sees its own vehicles.")
