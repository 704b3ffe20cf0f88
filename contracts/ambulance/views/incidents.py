"""What is shown of incidents, their patients and the units sent to them."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import AssignmentState, IncidentClass, IncidentKind, IncidentState, Milestone, Outcome, Triage


class PatientView(View):
    id: UUID
    number: int = Field(description="1, 2, 3 … within the incident.")
    outcome: Outcome | None = None
    facility_id: str | None = None
    death_reported: bool = False


class MilestoneView(View):
    milestone: Milestone
    at: AwareDatetime
    recorded_at: AwareDatetime
    location: Point | None = None


class AssignmentView(View):
    id: UUID
    incident_id: UUID
    unit_id: str
    state: AssignmentState
    dispatched_at: AwareDatetime
    expected_seconds: int | None = None
    facility_id: str | None = None
    reason: str | None = None
    unacknowledged_at: AwareDatetime | None = Field(default=None, description="Set when no answer came in time.")
    milestones: tuple[MilestoneView, ...] = ()
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
    pickup_at: AwareDatetime | None = None
    outcome: Outcome | None = None
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    patients: tuple[PatientView, ...] = ()
    assignments: tuple[AssignmentView, ...] = ()
    version: int


class IncidentPage(Page):
    items: tuple[IncidentView, ...]
