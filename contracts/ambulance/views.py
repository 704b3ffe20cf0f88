"""What the ambulance service shows. Lists mask phone numbers; a single contact of an open incident shows them."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ..base import View
from ..geography import Point
from ..paging import Page
from .values import (
    AssignmentState,
    Channel,
    ContactState,
    Disposition,
    FacilityState,
    FacilityType,
    IncidentClass,
    IncidentKind,
    IncidentState,
    Milestone,
    Outcome,
    Triage,
    UnitState,
    UnitType,
)


class ContactView(View):
    id: UUID
    channel: Channel
    state: ContactState
    received_at: AwareDatetime
    phone: str | None = Field(default=None, description="Masked in lists.")
    complaint: str | None = None
    location: Point | None = None
    kelurahan_code: str | None = None
    landmark: str | None = None
    claimed_by: str | None = None
    claimed_until: AwareDatetime | None = None
    disposition: Disposition | None = None
    incident_id: UUID | None = None
    version: int


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


class UnitView(View):
    id: str
    type: UnitType
    base: Point
    state: UnitState
    reason: str | None = None
    location: Point | None = None
    located_at: AwareDatetime | None = None
    assignment_id: UUID | None = None
    version: int


class FacilityView(View):
    id: str
    name: str
    type: FacilityType
    location: Point
    emergency_24h: bool
    state: FacilityState
    version: int


class Candidate(View):
    """A unit that could be sent, or the reason in plain words why it is not offered."""

    unit_id: str
    type: UnitType
    expected_seconds: int | None = None
    position_age_seconds: int | None = None
    offered: bool
    reason: str = Field(
        description=(
            "closest, further_away, stale_position, wrong_type, off_duty, out_of_service, committed or out_of_range"
        )
    )
    reason_text: str


class Recommendation(View):
    """Units in the order in which to send them, the offered ones first; `closest` stands beside the recommended."""

    incident_id: UUID
    recommended: str | None
    closest: str | None
    travel_time_source: str
    candidates: tuple[Candidate, ...]


class AreaView(View):
    code: str
    name: str
    kecamatan_code: str
    kecamatan: str


class ImportView(View):
    """What an import did: `unchanged` rows were already there, the same."""

    created: int
    updated: int
    unchanged: int


class PositionsView(View):
    """How many positions were taken; the refused ones name their index and reason."""

    accepted: int
    refused: tuple[str, ...] = ()


class ContactPage(Page):
    items: tuple[ContactView, ...]


class IncidentPage(Page):
    items: tuple[IncidentView, ...]


class UnitPage(Page):
    items: tuple[UnitView, ...]


class FacilityPage(Page):
    items: tuple[FacilityView, ...]


class AreaPage(Page):
    items: tuple[AreaView, ...]
