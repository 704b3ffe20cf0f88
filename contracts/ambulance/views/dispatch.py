"""Which unit to send, and why not the others."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import View
from ..values import UnitType


class Candidate(View):
    """A unit that could be sent, or the reason in plain words why it is not offered."""

    unit_id: str
    type: UnitType
    expected_seconds: int | None = None
    position_age_seconds: int | None = None
    coverage_cost: float | None = Field(
        default=None,
        description=(
            "Share (0 to 1) of the city's demand that would no longer be reached in the red target if it were sent; "
            "null for a unit that covers nothing now, or while no map is known."
        ),
    )
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
    recommended_seconds: int | None = None
    closest: str | None
    closest_seconds: int | None = None
    travel_time_source: str
    candidates: tuple[Candidate, ...]
