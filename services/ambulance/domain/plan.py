"""Plan: a unit reserved for a pick-up to come. Until `begins_at` the unit is free for emergencies; then it is sent;
until `ends_at` it has no other.

planned -> sent or ended. Invariants: the version rises by one per change; what was sent or has ended never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import PlanEnded, UnitPlanned
from contracts.ambulance.pickup_values import PlanState
from contracts.base import Event

from .incident import Incident
from .pickups import Span
from .refusals import required_text, wrong_state


@dataclass(slots=True)
class Plan:
    id: UUID
    incident_id: UUID
    unit_id: str
    begins_at: datetime
    ends_at: datetime
    facility_id: str | None = None
    state: PlanState = PlanState.PLANNED
    reason: str | None = field(default=None, repr=False)
    version: int = 1

    @classmethod
    def reserve(
        cls, id: UUID, incident: Incident, unit_id: str, span: Span, facility_id: str | None = None
    ) -> tuple[Plan, list[Event]]:
        """Reserve a unit for the pick-up, for as long as it takes. Raises PlaceMissing if there is nowhere to send it,
        WrongState."""
        incident.require_plannable()
        assert incident.pickup_at is not None, "it is plannable"
        event = UnitPlanned(
            plan_id=id, incident_id=incident.id, unit_id=unit_id, begins_at=span.begins_at, pickup_at=incident.pickup_at
        )
        return cls(id, incident.id, unit_id, span.begins_at, span.ends_at, facility_id), [event]

    @property
    def span(self) -> Span:
        """The time that it takes of its unit."""
        return Span(self.begins_at, self.ends_at)

    def sent(self, assignment_id: UUID) -> list[Event]:
        """The unit is on its way to the pick-up. Raises WrongState."""
        return self._end(PlanState.SENT, "send", assignment_id)

    def cancel(self, reason: str) -> list[Event]:
        """The unit is not needed, or can't come; again it changes nothing. Raises WrongState, InvalidRequest."""
        if self.state is PlanState.ENDED:
            return []
        self.reason = required_text("reason", reason, "say in a few words why")
        return self._end(PlanState.ENDED, "cancel_plan", None)

    def _end(self, state: PlanState, step: str, assignment_id: UUID | None) -> list[Event]:
        if self.state is not PlanState.PLANNED:
            raise wrong_state(step, self.state, ())
        self.state = state
        self.version += 1
        return [
            PlanEnded(
                plan_id=self.id,
                incident_id=self.incident_id,
                unit_id=self.unit_id,
                ending=state,
                assignment_id=assignment_id,
            )
        ]
