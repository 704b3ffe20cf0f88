"""Where to take a patient, and why not elsewhere."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ..values import Capability, FacilityState, FacilityType
from .explained import Explained


class FacilityCandidate(Explained):
    """A facility with what going there costs."""

    facility_id: str
    name: str
    type: FacilityType
    state: FacilityState
    travel_seconds: int
    hand_over_seconds: int = Field(description="Expected wait until the hospital has taken over.")
    total_seconds: int
    beds_free: int | None = Field(
        default=None, description="What it told, less the patients who are on their way; null: not told for two hours."
    )
    beds_told_at: AwareDatetime | None = None
    answer: str | None = Field(
        default=None, description="asked, accepted or refused, for this patient's trip; null: not asked."
    )
    offered: bool
    reason: str = Field(
        description="best, nearest, slower, too_far, full, diversion, no_bed, refused, not_capable or no_emergency_room"
    )


class FacilityRanking(View):
    """Facilities in the order in which to choose them; `nearest` is the nearest that can care for the patient."""

    incident_id: UUID
    patient_number: int
    capability: Capability | None = None
    capability_known: bool = Field(description="False: no facility is known to have it, so it was not asked for.")
    time_critical: bool
    recommended: str | None
    nearest: str | None
    travel_time_source: str
    road_engine_out_since: AwareDatetime | None = Field(
        default=None, description="The road engine does not answer since then: these times are the next best."
    )
    candidates: tuple[FacilityCandidate, ...]
