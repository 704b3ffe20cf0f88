"""A booking of the hearse, from the draft that a confirmed death opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import PatientDeceased
from contracts.hearse import BookingDrafted, BookingState


@dataclass(slots=True)
class Booking:
    """One deceased, one booking. Version 1 is the draft."""

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

    @classmethod
    def draft(cls, id: UUID, death: PatientDeceased, now: datetime) -> tuple[Booking, BookingDrafted]:
        """Open the draft for a death that the ambulance service confirmed; the family is asked before a car moves."""
        booking = cls(
            id=id,
            state=BookingState.DRAFT,
            origin="ambulance",
            incident_id=death.incident_id,
            patient_id=death.patient_id,
            pickup_facility_id=death.facility_id,
            pickup_kelurahan_code=death.kelurahan_code,
            died_at=death.died_at,
            police_hold=death.police_hold,
            created_at=now,
        )
        return booking, BookingDrafted(booking_id=id, incident_id=death.incident_id, patient_id=death.patient_id)
