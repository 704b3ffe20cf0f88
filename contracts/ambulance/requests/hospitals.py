"""Where a patient goes, and hospitals that do not take one."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Query, Request
from ..ids import FacilityId, PatientNumber
from ..values import Capability, RefusalReason
from ..views import AssignmentView, FacilityRanking


class RankFacilities(Query, operation="ambulance.rank_facilities", scope="ambulance:trip", reply=FacilityRanking):
    """Where to take a patient, and why not elsewhere."""

    incident_id: UUID
    patient_number: PatientNumber
    capability: Capability | None = Field(
        default=None, description="What the patient needs; default: what the kind of incident suggests."
    )
    limit: int = Field(default=10, ge=1, le=100)


class AskFacility(Request, operation="ambulance.ask_facility", scope="ambulance:trip", reply=AssignmentView):
    """A facility is told of the patient, and the unit goes there. Nobody waits for the answer; if none comes, an alert
    names the next choice. The same again changes nothing."""

    assignment_id: UUID
    facility_id: FacilityId


class AcceptPatient(Request, operation="ambulance.accept_patient", scope="ambulance:trip", reply=AssignmentView):
    """A facility expects the patient, and the unit goes there, whether or not it was asked or had refused before."""

    assignment_id: UUID
    facility_id: FacilityId


class RefuseFacility(Request, operation="ambulance.refuse_facility", scope="ambulance:trip", reply=AssignmentView):
    """A facility did not take the patient: it is counted, and the unit goes to the next choice. The same refusal again
    changes nothing."""

    assignment_id: UUID
    facility_id: FacilityId
    reason: RefusalReason
    capability: Capability | None = Field(
        default=None, description="What the patient needs; default: what the kind of incident suggests."
    )
