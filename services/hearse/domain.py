"""A booking of the hearse, from the draft that a confirmed death opens.

A death may be taken back at any step. Each confirmation of a patient's death has a number; taking one back takes back
those before it too, so the two facts give the same result in either order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import PatientDeceased
from contracts.hearse import BookingCancelled, BookingDrafted, BookingState


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
        )
        told = BookingDrafted(booking_id=id, incident_id=death.incident_id, patient_id=death.patient_id)
        return booking, [] if alive else [told]

    def cancel(self) -> list[BookingCancelled]:
        """The death was a mistake; cancelled before, it changes nothing."""
        if self.state is BookingState.CANCELLED:
            return []
        self.state = BookingState.CANCELLED
        self.version += 1
        return [BookingCancelled(booking_id=self.id, incident_id=self.incident_id, patient_id=self.patient_id)]
