"""Which unit to send, and why not the others."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ..values import UnitType
from .explained import Explained


class Candidate(Explained):
    """A unit that could be sent, or the reason in plain words why it is not offered."""

    unit_id: str
    type: UnitType
    expected_seconds: int | None = None
    position_age_seconds: int | None = None
    travel_time_source: str | None = Field(
        default=None, description="road_engine, own_trips (learned speeds) or great_circle (assumed ones)"
    )
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


class Reassignment(Explained):
    """A change of units that serves the patients better together than it does without; the dispatcher decides.

    swap, preemption: divert `assignment_id` to `incident_id`; the call that loses its unit gets the replacement, or
    waits. freed_closer: send `unit_id`, and release `assignment_id`.
    """

    assignment_id: UUID
    unit_id: str = Field(description="Who goes to `incident_id`.")
    incident_id: UUID
    expected_seconds: int
    closest_unit_id: str | None = Field(description="The closest idle unit; null if none is idle.")
    closest_seconds: int | None
    loser_incident_id: UUID | None = Field(default=None, description="The call whose unit is taken.")
    replacement_unit_id: str | None = None
    replacement_seconds: int | None = None
    delay_seconds: int | None = Field(default=None, description="What that patient loses; below zero: gains.")
    reason: str = Field(description="swap, preemption or freed_closer")


class ProposedDispatch(Explained):
    """A unit for a call that waits; with several calls they are served best together so."""

    incident_id: UUID
    unit_id: str
    expected_seconds: int
    closest_unit_id: str | None
    closest_seconds: int | None
    reason: str = Field(description="closest or matched")


class ProposedRelocation(Explained):
    """An idle unit would cover more of the city from another base."""

    unit_id: str
    base: Point
    from_base: Point
    expected_seconds: int
    coverage_gain: float = Field(description="Share (0 to 1) of the demand that is covered in addition.")
    reason: str = Field(description="move")


class Proposals(View):
    """What the method would do now. Nothing is done by itself."""

    coverage: float | None = Field(
        description="Share of the demand reached in the red target from where idle units are; null without a map."
    )
    travel_time_source: str | None
    dispatches: tuple[ProposedDispatch, ...]
    reassignments: tuple[Reassignment, ...]
    relocations: tuple[ProposedRelocation, ...] = Field(description="At most one at a time.")


class QuestionView(View):
    """A question with the answers yes and no; `name` goes into `answers`."""

    name: str
    text: str
    text_id: str = Field(description="The same in Indonesian.")


class TriageProtocolView(View):
    """`approved`: a named physician has taken responsibility for it."""

    version: str
    approved: bool
    questions: tuple[QuestionView, ...]


class Recommendation(View):
    """Units in the order in which to send them, the offered ones first; `closest` stands beside the recommended."""

    incident_id: UUID
    recommended: str | None
    recommended_seconds: int | None = None
    closest: str | None
    closest_seconds: int | None = None
    travel_time_source: str = Field(description="road_engine, own_trips or great_circle: of the figures that are best.")
    road_engine_out_since: AwareDatetime | None = Field(
        default=None, description="The road engine does not answer since then: these times are the next best."
    )
    built_at: AwareDatetime | None = Field(default=None, description="As of when all of this was so.")
    units_considered: int = Field(default=0, description="The whole fleet; only the first of each kind are shown.")
    left_out: dict[str, int] = Field(
        default_factory=dict, description="How many units were not offered, by the reason; also those not shown."
    )
    stale_after_seconds: int | None = Field(default=None, description="An older position is not believed.")
    range_metres: int | None = Field(default=None, description="A unit further away is not offered.")
    reassignment: Reassignment | None = Field(
        default=None, description="A unit on its way to another call would serve both patients better."
    )
    candidates: tuple[Candidate, ...]


class ChoiceView(View):
    """Why a unit was sent: what was known at that moment, kept for the record."""

    assignment_id: UUID
    incident_id: UUID
    unit_id: str
    mode: str = Field(description="operator, auto, plan or diversion; show one that you don't know as it is.")
    decided_by: str = Field(description="An opaque id; `system` in mode auto and for what was planned.")
    decided_at: AwareDatetime
    followed: bool | None = Field(description="It was the unit recommended; null if nothing could be recommended.")
    chosen: Candidate | None = Field(description="The unit itself, among the others then.")
    recommendation: Recommendation | None = Field(description="Null: the place was not on the map.")
