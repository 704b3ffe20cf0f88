"""Where a unit brings its patient, and what the facility said: asked, accepted, refused. Part of `Assignment`.

Asking is a courtesy that saves minutes at the door, never a condition: a facility may not refuse an emergency
(UU 17/2023 art. 174), so a trip waits for no answer. A refusal is counted, and the next choice becomes the destination.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.ambulance.events import FacilityAccepted, FacilityAsked, FacilityRefused
from contracts.ambulance.values import AssignmentState, FacilityAnswer, RefusalReason
from contracts.base import Event

from .refusals import wrong_state


@dataclass(frozen=True, slots=True)
class Destination:
    """The facility that a unit goes to, or will; asked and answered for this trip."""

    facility_id: str | None = None
    asked_at: datetime | None = None
    accepted_at: datetime | None = None

    @property
    def answer(self) -> FacilityAnswer | None:
        """None while nobody has asked."""
        if self.accepted_at is not None:
            return FacilityAnswer.ACCEPTED
        return FacilityAnswer.ASKED if self.asked_at is not None else None

    def towards(self, facility_id: str | None) -> Destination:
        """Somewhere else, where nobody has asked yet; None and the same change nothing."""
        return self if facility_id in (None, self.facility_id) else Destination(facility_id)


class DestinationSteps:
    """The part of `Assignment` that deals with facilities."""

    id: UUID
    incident_id: UUID
    unit_id: str
    state: AssignmentState
    destination: Destination
    version: int

    @property
    def active(self) -> bool:
        """True while the unit is committed to it."""
        raise NotImplementedError

    @property
    def allowed_steps(self) -> tuple[str, ...]:
        """What may be done now."""
        raise NotImplementedError

    @property
    def facility_id(self) -> str | None:
        """Where it goes."""
        return self.destination.facility_id

    @property
    def awaits_answer(self) -> bool:
        """True while a facility was asked that the unit has not reached."""
        arrived = self.state in (AssignmentState.AT_HOSPITAL, AssignmentState.HANDED_OVER)
        return self.active and not arrived and self.destination.answer is FacilityAnswer.ASKED

    def ask(self, facility_id: str, now: datetime) -> list[Event]:
        """The facility is told of the patient and becomes the destination; again it changes nothing. Raises
        WrongState once the patient was handed over."""
        self.require_active("ask_facility")
        towards = self.destination.towards(facility_id)
        if towards.answer is not None:
            return []
        self._head_for(Destination(facility_id, now))
        return [FacilityAsked(**self._told(facility_id))]

    def accepted_by(self, facility_id: str, now: datetime) -> list[Event]:
        """The facility expects the patient, and becomes the destination, asked or not, also after it had refused;
        again it changes nothing. Raises WrongState once the patient was handed over."""
        self.require_active("accept_patient")
        towards = self.destination.towards(facility_id)
        if towards.answer is FacilityAnswer.ACCEPTED:
            return []
        self._head_for(Destination(facility_id, towards.asked_at or now, now))
        return [FacilityAccepted(**self._told(facility_id))]

    def refused_by(self, facility_id: str, reason: RefusalReason, next_facility_id: str | None) -> list[Event]:
        """A facility did not take the patient: the unit goes to the next one, if there is one. Raises WrongState
        once the patient was handed over."""
        self.require_active("refuse_facility")
        self._head_for(Destination(next_facility_id))
        told = self._told(facility_id)
        return [FacilityRefused(**told, reason=reason, next_facility_id=next_facility_id)]

    def require_active(self, step: str) -> None:
        """Raise WrongState unless the unit has, or may yet take, a patient."""
        if not self.active or self.state is AssignmentState.HANDED_OVER:
            raise wrong_state(step, self.state, self.allowed_steps)

    def _head_for(self, destination: Destination) -> None:
        self.destination = destination
        self.version += 1

    def _told(self, facility_id: str) -> dict[str, Any]:
        ids = {"assignment_id": self.id, "incident_id": self.incident_id}
        return {"facility_id": facility_id, **ids, "unit_id": self.unit_id}
