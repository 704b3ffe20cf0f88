"""A booking with its trip."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import (
    BookingState,
    DestinationKind,
    DocumentKind,
    DocumentState,
    Origin,
    SameReason,
    TripMilestone,
    TripState,
)


class PossibleDuplicate(View):
    """Another booking that may be for the same deceased."""

    booking_id: UUID
    reason: SameReason


class ReporterView(View):
    name: str | None = Field(default=None, description="Masked in lists and once the booking is closed.")
    phone: str | None = Field(default=None, description="Masked in lists and once the booking is closed.")
    relationship: str | None = None


class DeceasedView(View):
    name: str | None = Field(default=None, description="Masked in lists and once the booking is closed.")
    nik: str | None = Field(default=None, description="Always masked.")
    family_card_number: str | None = Field(default=None, description="Always masked.")
    died_at: AwareDatetime | None = None


class PlaceView(View):
    location: Point | None = None
    kelurahan_code: str | None = None
    facility_id: str | None = None
    address: str | None = None


class DestinationView(PlaceView):
    kind: DestinationKind
    burial_place_id: str | None = None
    out_of_city: bool = False


class MilestoneView(View):
    milestone: TripMilestone
    at: AwareDatetime = Field(description="When it happened.")
    recorded_at: AwareDatetime = Field(description="When we learned of it.")


class TripView(View):
    """Vehicle, officers and times: `begins_at` to `ends_at` they are taken, travel and turnaround included."""

    id: UUID
    state: TripState
    vehicle_id: str
    officer_ids: tuple[str, ...] = Field(description="The driver first.")
    pickup_at: AwareDatetime
    arrives_at: AwareDatetime
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    kilometres: float = Field(description="From pick-up to destination, estimated.")
    held_until: AwareDatetime | None = None
    overridden: bool = Field(default=False, description="A supervisor went against a rule, with a reason.")
    milestones: tuple[MilestoneView, ...] = ()


class DocumentView(View):
    """A paper that the destination asks for, or that was brought."""

    kind: DocumentKind
    state: DocumentState
    optional: bool = False
    may_follow: bool = True
    reason: str | None = Field(default=None, description="Why it was refused.")


class DeathRecordView(View):
    """What was told to other services."""

    died_on: date
    holds: bool
    revision: int


class DisputeView(View):
    opened_at: AwareDatetime
    responsible: str | None = Field(default=None, description="Who decides.")
    note: str | None = None


class BookingView(View):
    """A booking; a draft from an ambulance case waits for the family's word."""

    id: UUID
    state: BookingState
    origin: Origin
    reporter: ReporterView | None = None
    deceased: DeceasedView
    pickup: PlaceView
    destination: DestinationView | None = None
    earliest_at: AwareDatetime | None = None
    note: str | None = None
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    police_hold: bool = False
    created_at: AwareDatetime
    requested_at: AwareDatetime | None = None
    approved_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    reason: str | None = Field(default=None, description="Why it was rejected or cancelled: a code; more may come.")
    reason_note: str | None = None
    dispute: DisputeView | None = Field(default=None, description="On hold while this is there.")
    documents: tuple[DocumentView, ...] = ()
    death_record: DeathRecordView | None = Field(default=None, description="Once a death letter was verified.")
    trip: TripView | None = Field(default=None, description="The one that is held, planned, under way or was made.")
    may_be_same: tuple[PossibleDuplicate, ...] = Field(
        default=(), description="Bookings, not ended, that may be for the same deceased: a person decides."
    )
    version: int


class BookingPage(Page):
    items: tuple[BookingView, ...]
