"""The patients of an incident: found, triaged, taken by a unit, and how each case ended."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Request
from ...times import Moment
from ..ids import FacilityId, PatientNumber
from ..values import Outcome, Triage
from ..views import IncidentView

HandedOverTo = Field(
    default=None,
    min_length=2,
    max_length=100,
    examples=["PSC 119 Kabupaten Tangerang"],
    description="Only for `handed_over`: the agency or jurisdiction that took over, a code or its name.",
)
HandedOverAt = Field(default=None, description="Only for `handed_over`: when; default: now.")


class AddPatient(Request, operation="ambulance.add_patient", scope="ambulance:crew", reply=IncidentView):
    """One more patient was found on scene. A retry must carry the same Idempotency-Key, or it adds another one."""

    incident_id: UUID
    triage: Triage | None = Field(default=None, description="The colour confirmed by the crew, if it is known already.")


class ConfirmTriage(Request, operation="ambulance.confirm_triage", scope="ambulance:crew", reply=IncidentView):
    """The colour of one patient as the crew sees it on scene; a later look may find another one."""

    incident_id: UUID
    patient_number: PatientNumber
    triage: Triage


class AssignPatient(Request, operation="ambulance.assign_patient", scope="ambulance:trip", reply=IncidentView):
    """Which unit takes which patient. A crew takes for its own unit and only who is not another's; a dispatcher decides
    freely."""

    assignment_id: UUID
    patient_number: PatientNumber


class RecordPatientOutcome(
    Request, operation="ambulance.record_patient_outcome", scope="ambulance:trip", reply=IncidentView
):
    """How one patient's case ended. A death has its own two steps."""

    incident_id: UUID
    patient_number: PatientNumber
    outcome: Outcome
    facility_id: FacilityId | None = Field(default=None, description="Default: where the patient's unit went.")
    handed_over_to: str | None = HandedOverTo
    handed_over_at: Moment | None = HandedOverAt
