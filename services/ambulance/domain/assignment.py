"""Assignment: one unit sent to one incident. Status lives here, never on the unit, so a second assignment of
the unit can't disturb the first.

Milestones may skip forward; one that was skipped may come later with its own time and fills the history
without moving the state back, even after completion. Invariants: the version rises by one per change; the
state never goes back; each milestone is recorded once (the first record stands until it is corrected, and is
kept then); times never decrease along the milestones' order; in an ended assignment (declined, released,
diverted) only times can be corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from contracts.ambulance.events import (
    AssignmentEnded,
    AssignmentProgressed,
    MilestoneCorrected,
    UnitDispatched,
)
from contracts.ambulance.values import AssignmentState, Milestone
from contracts.base import Event
from contracts.geography import Point

from .destination import Destination, DestinationSteps
from .milestone import MilestoneRecord, fit
from .refusals import required_text, wrong_state

ORDER = (AssignmentState.DISPATCHED, *(AssignmentState(milestone) for milestone in Milestone))
ENDED = frozenset({AssignmentState.DECLINED, AssignmentState.RELEASED, AssignmentState.DIVERTED})
ACTIVE = frozenset(ORDER) - {AssignmentState.COMPLETED}
"""The states in which the unit is committed: at most one such assignment per unit (partial unique index)."""

RECALLABLE = frozenset(ORDER[: ORDER.index(AssignmentState.PATIENT_LOADED)])
DIVERTIBLE = frozenset(ORDER[: ORDER.index(AssignmentState.ON_SCENE)])
NEARLY_THERE_SECONDS = 120
"""A unit closer than this is never diverted."""


@dataclass(slots=True)
class Assignment(DestinationSteps):
    id: UUID
    incident_id: UUID
    unit_id: str
    dispatched_at: datetime
    expected_seconds: int | None = None
    destination: Destination = field(default_factory=Destination)
    state: AssignmentState = AssignmentState.DISPATCHED
    milestones: dict[Milestone, MilestoneRecord] = field(default_factory=dict)
    reason: str | None = field(default=None, repr=False)
    ended_at: datetime | None = None
    unacknowledged_at: datetime | None = None
    version: int = 1

    @classmethod
    def dispatch(
        cls,
        id: UUID,
        incident_id: UUID,
        unit_id: str,
        now: datetime,
        expected_seconds: int | None = None,
        facility_id: str | None = None,
    ) -> tuple[Assignment, list[Event]]:
        """Send a unit; `expected_seconds` is the travel time that the dispatcher saw."""
        assignment = cls(id, incident_id, unit_id, now, expected_seconds, Destination(facility_id))
        event = UnitDispatched(
            assignment_id=id, incident_id=incident_id, unit_id=unit_id, expected_seconds=expected_seconds
        )
        return assignment, [event]

    @property
    def active(self) -> bool:
        """True while the unit is committed to it."""
        return self.state in ACTIVE

    @property
    def arrival_expected(self) -> datetime | None:
        """When the unit will be there, as it was reckoned when it was sent."""
        if self.expected_seconds is None:
            return None
        return self.dispatched_at + timedelta(seconds=self.expected_seconds)

    @property
    def reached_scene(self) -> bool:
        """True once the crew was at the scene, also if only a later milestone was reported."""
        return any(AssignmentState(milestone) not in DIVERTIBLE for milestone in self.milestones)

    @property
    def has_patient(self) -> bool:
        """True while a patient is on board."""
        return self.state in (AssignmentState.PATIENT_LOADED, AssignmentState.AT_HOSPITAL)

    @property
    def history(self) -> list[MilestoneRecord]:
        """What was recorded, in the order of the milestones."""
        return [self.milestones[milestone] for milestone in Milestone if milestone in self.milestones]

    @property
    def allowed_steps(self) -> tuple[str, ...]:
        """Milestones ahead and the ways to end it."""
        if self.state in ENDED:
            return ()
        endings = ["decline", "release"] if self.state in RECALLABLE else []
        endings += ["divert"] if self.state in DIVERTIBLE else []
        return (*(str(state) for state in ORDER[_rank(self.state) + 1 :]), *endings)

    def record(
        self,
        milestone: Milestone,
        at: datetime,
        now: datetime,
        location: Point | None = None,
        facility_id: str | None = None,
    ) -> list[Event]:
        """A milestone that happened `at`. The same milestone again changes nothing, whatever its time.

        Up to the clock skew (2 min) a time that contradicts dispatch, `now` or its neighbours is pulled to
        the nearest possible one; beyond it InvalidRequest is raised. Raises WrongState after an ending.
        """
        if milestone in self.milestones:
            return []
        if self.state in ENDED:
            raise wrong_state(milestone, self.state, ())
        happened = fit(milestone, at, now, self.dispatched_at, self.history)
        self.milestones[milestone] = MilestoneRecord(milestone, happened, now, location)
        self.state = max(self.state, AssignmentState(milestone), key=_rank)
        self.destination = self.destination.towards(facility_id)
        self.version += 1
        return [
            AssignmentProgressed(
                assignment_id=self.id,
                incident_id=self.incident_id,
                unit_id=self.unit_id,
                milestone=milestone,
                at=happened,
            )
        ]

    def correct(
        self, milestone: Milestone, at: datetime, location: Point | None, reason: str, by: str, now: datetime
    ) -> list[Event]:
        """A recorded milestone happened at another time or place. What holds already changes nothing.

        Raises WrongState for a milestone that nobody recorded; InvalidRequest for a time that contradicts its
        neighbours, or without a reason.
        """
        record = self.milestones.get(milestone)
        if record is None:
            why, why_id = f"{milestone} was not recorded", f"{milestone} belum dicatat"
            raise wrong_state("correct_milestone", self.state, ("record_milestone",), why, why_id)
        place = location or record.location
        if (at, place) == (record.at, record.location):
            return []
        text = required_text("reason", reason, "say in a few words why")
        happened, before = fit(milestone, at, now, self.dispatched_at, self.history), record.at
        if (happened, place) == (before, record.location):
            return []
        self.milestones[milestone] = record.corrected(happened, place, text, by, now)
        self.version += 1
        return [
            MilestoneCorrected(
                assignment_id=self.id,
                incident_id=self.incident_id,
                unit_id=self.unit_id,
                milestone=milestone,
                at=happened,
                previous_at=before,
            )
        ]

    def decline(self, reason: str, now: datetime) -> list[Event]:
        """The crew can't take it. Raises WrongState once a patient is on board, InvalidRequest without a
        reason."""
        return self._end(AssignmentState.DECLINED, "decline", reason, now, RECALLABLE)

    def release(self, reason: str, now: datetime) -> list[Event]:
        """The dispatcher calls the unit back. Raises WrongState once a patient is on board,
        InvalidRequest."""
        return self._end(AssignmentState.RELEASED, "release", reason, now, RECALLABLE)

    def divert(self, reason: str, now: datetime, seconds_away: float | None = None) -> list[Event]:
        """The unit goes to another incident instead. Raises WrongState on scene or less than 2 min away from
        it."""
        near = seconds_away is not None and seconds_away < NEARLY_THERE_SECONDS
        if near and self.state in DIVERTIBLE:
            steps = [step for step in self.allowed_steps if step != "divert"]
            raise wrong_state(
                "divert",
                self.state,
                steps,
                "the unit is less than 2 minutes away",
                "unit tiba kurang dari 2 menit lagi",
            )
        return self._end(AssignmentState.DIVERTED, "divert", reason, now, DIVERTIBLE)

    def _end(
        self,
        ending: AssignmentState,
        step: str,
        reason: str,
        now: datetime,
        from_states: frozenset[AssignmentState],
    ) -> list[Event]:
        if self.state is ending:
            return []
        if self.state not in from_states:
            raise wrong_state(step, self.state, self.allowed_steps)
        self.reason = required_text("reason", reason, "say in a few words why")
        self.state, self.ended_at = ending, now
        self.version += 1
        return [
            AssignmentEnded(
                assignment_id=self.id,
                incident_id=self.incident_id,
                unit_id=self.unit_id,
                ending=str(ending),
            )
        ]


def _rank(state: AssignmentState) -> int:
    return ORDER.index(state)
