"""A death: reported, confirmed by another person, and taken back if it was a mistake."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field, StrictBool

from ...base import Model, Request
from ...identity import Nik, Phone
from ...times import Moment
from ..ids import FacilityId, PatientNumber
from ..values import DeathRetractionReason, Outcome
from ..views import IncidentView

DeceasedNik = Field(
    default=None,
    repr=False,
    description="NIK of the deceased if it is known; kept encrypted, published only as a keyed hash.",
)


class NextOfKinGiven(Model):
    """Who speaks for the deceased: the hearse service asks them, once, what they wish. At least `phone` or
    `is_caller`."""

    is_caller: StrictBool = Field(
        default=False,
        description="They are who called: number and account in the super app are known. A passer-by is not.",
    )
    name: str | None = Field(default=None, min_length=1, max_length=150, repr=False)
    phone: Phone | None = Field(default=None, repr=False)


NextOfKin = Field(default=None, description="Kept encrypted; told to the hearse service and nobody else.")


class ReportDeath(Request, operation="ambulance.report_death", scope="ambulance:crew", reply=IncidentView):
    """First step: who pronounced the death, and when."""

    incident_id: UUID
    patient_number: PatientNumber
    died_at: Moment
    pronounced_by: str = Field(pattern=r"^(doctor|nurse|midwife)$")
    facility_id: FacilityId | None = None
    next_of_kin_known: StrictBool = Field(default=False, description="True anyway with `next_of_kin`.")
    next_of_kin: NextOfKinGiven | None = NextOfKin
    police_hold: StrictBool = False
    nik: Nik | None = DeceasedNik


class ConfirmDeath(Request, operation="ambulance.confirm_death", scope="ambulance:crew", reply=IncidentView):
    """Second step, by another person than the first: closes the patient's case and tells the hearse service."""

    incident_id: UUID
    patient_number: PatientNumber
    nik: Nik | None = DeceasedNik
    next_of_kin: NextOfKinGiven | None = NextOfKin


class RetractDeath(Request, operation="ambulance.retract_death", scope="ambulance:supervise", reply=IncidentView):
    """A confirmed death was a mistake. A supervisor takes it back, never who confirmed it; whoever was told of the
    death is told of this. An incident that was closed because of it is open again."""

    incident_id: UUID
    patient_number: PatientNumber
    reason: DeathRetractionReason
    outcome: Literal[Outcome.TRANSPORTED, Outcome.TREATED_ON_SCENE] | None = Field(
        default=None, description="How the case ended instead, if that is known."
    )
    facility_id: FacilityId | None = None
