"""Deaths, and bodies for which no hearse is free."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from ...base import Event, Sealed
from ..sealed import DeathDetails
from ..values import DeathRetractionReason


class PatientDeceased(Event, type="ambulance.patient-deceased.v1", sealed_for="hearse"):
    """A death, confirmed in two steps by crew or facility, never by phone."""

    incident_id: UUID
    patient_id: UUID
    died_at: AwareDatetime
    pronounced_by: str = Field(description="The role of who pronounced it: doctor, nurse or midwife.")
    facility_id: str | None = Field(default=None, description="Where the body is, if at a facility.")
    kelurahan_code: str | None = Field(default=None, description="Where the body is otherwise.")
    next_of_kin_known: bool = False
    police_hold: bool = False
    person_key: str | None = Field(default=None, description="Keyed hash of the NIK, if it was known.")
    confirmation: int = Field(default=1, description="1, or one more after each death of this patient taken back.")
    sealed: SkipJsonSchema[DeathDetails | None] = Sealed


class PatientDeceasedRetracted(Event, type="ambulance.patient-deceased-retracted.v1"):
    """A confirmed death was a mistake: that confirmation, and those before it, hold no more."""

    incident_id: UUID
    patient_id: UUID
    retracted_at: AwareDatetime
    reason: DeathRetractionReason
    confirmation: int = Field(default=1, description="Which confirmation of this patient's death is taken back.")


class BodyTransportNeeded(Event, type="ambulance.body-transport-needed.v1"):
    """No hearse is free in time: operators look for another way."""

    booking_id: UUID
    incident_id: UUID | None = None


class BodyTransportSettled(Event, type="ambulance.body-transport-settled.v1"):
    """How a body is brought for which no hearse was free, or that it stays."""

    booking_id: UUID
    outcome: str = Field(description="partner_hearse, transport_unit or facility_keeps.")
    unit_id: str | None = Field(default=None, description="With transport_unit.")
    until: AwareDatetime | None = Field(default=None, description="With facility_keeps: how long.")
