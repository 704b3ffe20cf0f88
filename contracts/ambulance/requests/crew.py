"""What crews report from the road. A crew may touch only the assignments of its own unit."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field, StrictBool

from ...base import Model, Request
from ...geography import Point
from ...times import Moment
from ..values import Milestone, Outcome
from ..views import AssignmentView, IncidentView, PositionsView


class RecordMilestone(Request, operation="ambulance.record_milestone", scope="ambulance:crew", reply=AssignmentView):
    """A step of the trip. The same milestone twice changes nothing; a skipped one may come later, with its time."""

    assignment_id: UUID
    milestone: Milestone
    at: Moment | None = Field(default=None, description="When it happened; default: now.")
    location: Point | None = None
    facility_id: str | None = Field(default=None, max_length=40)


class DeclineAssignment(
    Request, operation="ambulance.decline_assignment", scope="ambulance:crew", reply=AssignmentView
):
    """The crew cannot take it; the unit is free for others and the incident waits for another unit."""

    assignment_id: UUID
    reason: str = Field(min_length=3, max_length=500)


class RecordPatientOutcome(
    Request, operation="ambulance.record_patient_outcome", scope="ambulance:crew", reply=IncidentView
):
    """How one patient's case ended. A death has its own two steps."""

    incident_id: UUID
    patient_number: int = Field(ge=1, le=200)
    outcome: Outcome
    facility_id: str | None = Field(default=None, max_length=40)


class ReportDeath(Request, operation="ambulance.report_death", scope="ambulance:crew", reply=IncidentView):
    """First step: who pronounced the death, and when."""

    incident_id: UUID
    patient_number: int = Field(ge=1, le=200)
    died_at: Moment
    pronounced_by: str = Field(pattern=r"^(doctor|nurse|midwife)$")
    facility_id: str | None = Field(default=None, max_length=40)
    next_of_kin_known: StrictBool = False
    police_hold: StrictBool = False


class ConfirmDeath(Request, operation="ambulance.confirm_death", scope="ambulance:crew", reply=IncidentView):
    """Second step, by another person than the first: closes the patient's case and tells the hearse service."""

    incident_id: UUID
    patient_number: int = Field(ge=1, le=200)


class UnitPosition(Model):
    unit_id: str = Field(min_length=1, max_length=40)
    location: Point
    at: Moment


class ReportPositions(Request, operation="ambulance.report_positions", scope="ambulance:crew", reply=PositionsView):
    """A batch from a crew's device. An older position than the one known is accepted and changes nothing."""

    positions: tuple[UnitPosition, ...] = Field(min_length=1, max_length=500)
