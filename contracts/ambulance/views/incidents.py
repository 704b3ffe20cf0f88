"""What is shown of incidents, their patients and the units sent to them."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import AssignmentState, IncidentClass, IncidentKind, IncidentState, Milestone, Outcome, Triage
from .rides import RideView


class PatientView(View):
    id: UUID
    number: int = Field(description="1, 2, 3 … within the incident.")
    triage: Triage | None = Field(default=None, description="The colour that a crew confirmed on scene.")
    assignment_id: UUID | None = Field(default=None, description="The unit that takes the patient.")
    outcome: Outcome | None = None
    facility_id: str | None = None
    handed_over_to: str | None = None
    handed_over_at: AwareDatetime | None = None
    death_reported: bool = False
    identified: bool = Field(default=False, description="True if the NIK of the deceased is known.")


class CorrectionView(View):
    """A correction replaced what was said before."""

    at: AwareDatetime
    location: Point | None = None
    previous_at: AwareDatetime
    previous_location: Point | None = None
    reason: str
    corrected_by: str
    corrected_at: AwareDatetime


class MilestoneView(View):
    """`at` is what holds now; `corrections`, oldest first, begin with what was reported first."""

    milestone: Milestone
    at: AwareDatetime
    recorded_at: AwareDatetime
    location: Point | None = None
    corrections: tuple[CorrectionView, ...] = ()


class AssignmentView(View):
    id: UUID
    incident_id: UUID
    unit_id: str
    state: AssignmentState
    dispatched_at: AwareDatetime
    expected_seconds: int | None = None
    facility_id: str | None = Field(default=None, description="Where it goes, or will.")
    facility_answer: str | None = Field(
        default=None, description="asked or accepted, of that facility; null: nobody has asked it."
    )
    facility_asked_at: AwareDatetime | None = None
    facility_accepted_at: AwareDatetime | None = None
    reason: str | None = None
    unacknowledged_at: AwareDatetime | None = Field(default=None, description="Set when no answer came in time.")
    milestones: tuple[MilestoneView, ...] = ()
    version: int


class ReceiptView(View):
    """Who took the case over, under which number of theirs."""

    received_by: str
    received_at: AwareDatetime
    reference: str | None = None


class PlanView(View):
    """A unit reserved for a pick-up: sent at `begins_at`, free for emergencies until then."""

    id: UUID
    incident_id: UUID
    unit_id: str
    state: str = Field(description="A PlanState: planned, sent, ended; show one that you don't know as it is.")
    begins_at: AwareDatetime
    ends_at: AwareDatetime | None = Field(default=None, description="When the unit is free for the next one.")
    facility_id: str | None = None
    reason: str | None = None
    version: int


class IncidentView(View):
    id: UUID
    incident_class: IncidentClass
    kind: IncidentKind
    state: IncidentState
    triage: Triage | None = None
    triage_provisional: bool = True
    location: Point | None = None
    kelurahan_code: str | None = None
    landmark: str | None = None
    outside_city: bool = False
    hand_over_due: bool = Field(default=False, description="Open, and outside of the city: another jurisdiction's.")
    pickup_at: AwareDatetime | None = None
    outcome: Outcome | None = None
    handed_over_to: str | None = None
    handed_over_at: AwareDatetime | None = None
    offered_to: str | None = Field(default=None, description="A jurisdiction that was asked to take it over.")
    offered_at: AwareDatetime | None = None
    receipt: ReceiptView | None = Field(default=None, description="That they have it.")
    receipt_due: bool = Field(default=False, description="Others were to take it, and have not said that they have it.")
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    patients: tuple[PatientView, ...] = ()
    assignments: tuple[AssignmentView, ...] = ()
    plans: tuple[PlanView, ...] = Field(default=(), description="Units planned for its pick-up, not sent yet.")
    ride: RideView | None = Field(
        default=None, description="The recurring trip that it is one pick-up of; not in lists."
    )
    duplicate_of: UUID | None = Field(default=None, description="It was closed as told twice: this is the other one.")
    duplicates: tuple[UUID, ...] = Field(default=(), description="Incidents closed as being this one; not in lists.")
    may_be_same: tuple[UUID, ...] = Field(
        default=(), description="Open emergencies within 250 m and 15 minutes, first told first; not in lists."
    )
    call_back_asked: bool = Field(
        default=False,
        description="Only callers with a nuisance standing told of it: ring back, while the unit rolls; not in lists.",
    )
    contact_id: UUID | None = Field(
        default=None, description="The contact that was kept with it; only where both were taken in one step."
    )
    version: int


class IncidentPage(Page):
    items: tuple[IncidentView, ...]
