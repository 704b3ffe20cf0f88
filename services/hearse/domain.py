"""A booking of the hearse, from the draft that a confirmed death opens.

A death may be taken back at any step. Each confirmation of a patient's death has a number; taking one back takes back
those before it too, so the two facts give the same result in either order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.ambulance.events import PatientDeceased
from contracts.hearse import (
    BookingCancelled,
    BookingDrafted,
    BookingDuplicateSuspected,
    BookingState,
    SameReason,
)

SAME_TIME = timedelta(hours=1)
"""Two deaths told for one place within this time may be one, if the deceased are not known by their numbers."""


@dataclass(slots=True)
class Booking:
    """One confirmed death, one booking. Version 1 is the draft; `confirmation` tells which confirmation of this
    patient's death it is for."""

    id: UUID
    state: BookingState
    origin: str
    incident_id: UUID | None
    patient_id: UUID | None
    pickup_facility_id: str | None
    pickup_kelurahan_code: str | None
    died_at: datetime | None
    police_hold: bool
    created_at: datetime
    version: int = 1
    confirmation: int | None = None
    person_key: str | None = None

    @classmethod
    def draft(
        cls, id: UUID, death: PatientDeceased, now: datetime, retracted: int = 0
    ) -> tuple[Booking, list[BookingDrafted]]:
        """Open the draft for a death that the ambulance service confirmed; the family is asked before a car moves.

        `retracted` is the highest confirmation that is known to be taken back: a death that comes after its own
        retraction is only noted, and nobody is told of it.
        """
        alive = death.confirmation <= retracted
        booking = cls(
            id=id,
            state=BookingState.CANCELLED if alive else BookingState.DRAFT,
            origin="ambulance",
            incident_id=death.incident_id,
            patient_id=death.patient_id,
            pickup_facility_id=death.facility_id,
            pickup_kelurahan_code=death.kelurahan_code,
            died_at=death.died_at,
            police_hold=death.police_hold,
            created_at=now,
            confirmation=death.confirmation,
            person_key=death.person_key,
        )
        told = BookingDrafted(booking_id=id, incident_id=death.incident_id, patient_id=death.patient_id)
        return booking, [] if alive else [told]

    def same_as(self, other: Booking) -> SameReason | None:
        """Why this and another booking may be for one deceased; None if they are not. One incident may have several
        dead, and two who are known by their keys are two."""
        if other.id == self.id or other.patient_id == self.patient_id:
            return None
        if self.person_key is not None and other.person_key is not None:
            return SameReason.SAME_PERSON if self.person_key == other.person_key else None
        if self.incident_id == other.incident_id or self.died_at is None or other.died_at is None:
            return None
        return SameReason.SAME_PLACE_AND_TIME if self._same_place(other) and self._same_time(other) else None

    def _same_place(self, other: Booking) -> bool:
        facility, kelurahan = self.pickup_facility_id, self.pickup_kelurahan_code
        if facility or other.pickup_facility_id:
            return facility == other.pickup_facility_id
        return kelurahan is not None and kelurahan == other.pickup_kelurahan_code

    def _same_time(self, other: Booking) -> bool:
        assert self.died_at is not None and other.died_at is not None, "asked before"
        return abs(self.died_at - other.died_at) <= SAME_TIME

    def suspect(self, other: Booking, reason: SameReason) -> BookingDuplicateSuspected:
        """What is told of two bookings that may be one."""
        return BookingDuplicateSuspected(booking_id=self.id, other_booking_id=other.id, reason=reason)

    def cancel(self) -> list[BookingCancelled]:
        """The death was a mistake; cancelled before, it changes nothing."""
        if self.state is BookingState.CANCELLED:
            return []
        self.state = BookingState.CANCELLED
        self.version += 1
        return [BookingCancelled(booking_id=self.id, incident_id=self.incident_id, patient_id=self.patient_id)]
