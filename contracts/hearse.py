"""The hearse service's language."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from .base import Event, Query, View
from .paging import Page, PageQuery

SUBSCRIBES = ("ambulance.patient-deceased.v1", "ambulance.patient-deceased-retracted.v1")


class BookingState(StrEnum):
    """`cancelled`: nobody needs it any more, such as when a death was taken back."""

    DRAFT = "draft"
    CANCELLED = "cancelled"


class SameReason(StrEnum):
    """Why two bookings may be for one deceased."""

    SAME_PERSON = "same_person"
    SAME_PLACE_AND_TIME = "same_place_and_time"


class PossibleDuplicate(View):
    """Another booking that may be for the same deceased."""

    booking_id: UUID
    reason: SameReason


class BookingView(View):
    """A booking; a draft from an ambulance case waits for the family's word."""

    id: UUID
    state: BookingState
    origin: str = Field(description="`ambulance` or `family`")
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    pickup_facility_id: str | None = None
    pickup_kelurahan_code: str | None = None
    died_at: AwareDatetime | None = None
    police_hold: bool = False
    created_at: AwareDatetime
    may_be_same: tuple[PossibleDuplicate, ...] = Field(
        default=(), description="Bookings, not cancelled, that may be for the same deceased: a person decides."
    )
    version: int


class BookingPage(Page):
    items: tuple[BookingView, ...]


class BookingDrafted(Event, type="hearse.booking-drafted.v1"):
    """A draft was opened for a death that the ambulance service confirmed."""

    booking_id: UUID
    incident_id: UUID
    patient_id: UUID


class BookingDuplicateSuspected(Event, type="hearse.booking-duplicate-suspected.v1"):
    """Two bookings may be for one deceased; told once, of the later one. Nothing is merged by itself."""

    booking_id: UUID
    other_booking_id: UUID
    reason: SameReason


class BookingCancelled(Event, type="hearse.booking-cancelled.v1"):
    """The death that it was for was taken back."""

    booking_id: UUID
    incident_id: UUID | None = None
    patient_id: UUID | None = None


class DeathRecorded(Event, type="hearse.death-recorded.v1"):
    """A death letter was verified. Only keys and the date."""

    booking_id: UUID
    person_key: str
    household_key: str | None = None
    died_on: date


class GetBooking(Query, operation="hearse.get_booking", scope="hearse:read", reply=BookingView):
    booking_id: UUID


class ListBookings(PageQuery, operation="hearse.list_bookings", scope="hearse:read", reply=BookingPage):
    """Newest first."""

    state: BookingState | None = None
    incident_id: UUID | None = None
