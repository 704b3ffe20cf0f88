"""What the simulator knows to have happened: every change that the API acknowledged, and the stories left uncertain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

Expected = Counter[tuple[str, str]]
"""How many events of a type about a subject must exist."""


@dataclass
class ContactFacts:
    correlation: str
    disposition: str | None = None
    incident_id: str | None = None


@dataclass
class AssignmentFacts:
    """A diverted assignment belongs to two stories: the one it was sent for, and the one that took its unit."""

    correlations: tuple[str, ...]
    incident_id: str
    unit_id: str
    milestones: set[str] = field(default_factory=set)
    ending: str | None = None

    @property
    def state(self) -> str:
        """The state that the API must show."""
        order = (
            *("dispatched", "acknowledged", "en_route", "on_scene"),
            *("patient_loaded", "at_hospital", "handed_over", "completed"),
        )
        return self.ending or max(self.milestones | {"dispatched"}, key=order.index)


@dataclass
class IncidentFacts:
    correlation: str
    patients: int
    triaged: bool = False
    outcomes: dict[int, str] = field(default_factory=dict)
    closed_as: str | None = None


@dataclass
class FuneralFacts:
    """A booking of a hearse: its trips in order, the milestones of the last."""

    correlation: str
    approved: bool = False
    cancelled: bool = False
    trips: list[str] = field(default_factory=list)
    milestones: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """The state that the API must show."""
        if self.cancelled:
            return "cancelled"
        if self.milestones:
            return self.milestones[-1]
        return "scheduled" if self.trips else "approved" if self.approved else "requested"


Facts = TypeVar("Facts", ContactFacts, IncidentFacts, FuneralFacts)


@dataclass
class Ledger:
    """Ids are those of the API. `uncertain` holds the correlation ids of stories with an unanswered request."""

    contacts: dict[str, ContactFacts] = field(default_factory=dict)
    incidents: dict[str, IncidentFacts] = field(default_factory=dict)
    assignments: dict[str, AssignmentFacts] = field(default_factory=dict)
    funerals: dict[str, FuneralFacts] = field(default_factory=dict)
    deaths: dict[str, str] = field(default_factory=dict)
    next_of_kin: set[str] = field(default_factory=set)
    """Patients with a family whose number the crew has told."""
    stories: set[str] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)
    opened_at_once: int = 0
    """Incidents taken with their contact in one step: such a contact has no event and no id in the reply."""

    response_seconds: list[float] = field(default_factory=list)

    def certain(self, *correlations: str) -> bool:
        """True if every request of these stories was answered."""
        return self.uncertain.isdisjoint(correlations)

    def uncertain_subjects(self) -> set[str]:
        """Ids of which it is not known what must have happened to them."""
        return {
            *(id for id, facts in self.contacts.items() if not self.certain(facts.correlation)),
            *(id for id, facts in self.incidents.items() if not self.certain(facts.correlation)),
            *(id for id, facts in self.assignments.items() if not self.certain(*facts.correlations)),
        }

    def expected_events(self) -> Expected:
        """Events that must exist, of the certain stories, and no others."""
        expected: Expected = Counter()
        for id, contact in self._certain(self.contacts):
            expected[("ambulance.contact-recorded.v1", id)] += 1
            expected[("ambulance.contact-disposed.v1", id)] += contact.disposition is not None
        for id, incident in self._certain(self.incidents):
            expected[("ambulance.incident-opened.v1", id)] += 1
            expected[("ambulance.incident-triaged.v1", id)] += incident.triaged
            expected[("ambulance.incident-closed.v1", id)] += incident.closed_as is not None
            expected[("ambulance.patient-deceased.v1", id)] += list(self.deaths.values()).count(id)
        for id, assignment in self.assignments.items():
            if self.certain(*assignment.correlations):
                expected[("ambulance.unit-dispatched.v1", id)] += 1
                expected[("ambulance.assignment-progressed.v1", id)] += len(assignment.milestones)
                expected[("ambulance.assignment-ended.v1", id)] += assignment.ending is not None
        return +expected

    def expected_funerals(self) -> Expected:
        """Events of the hearse service that must exist, of the certain funerals."""
        expected: Expected = Counter()
        for id, one in self._certain(self.funerals):
            expected[("hearse.booking-requested.v1", id)] += 1
            expected[("hearse.booking-approved.v1", id)] += one.approved
            expected[("hearse.booking-cancelled.v1", id)] += one.cancelled
            for trip in one.trips:
                expected[("hearse.booking-scheduled.v1", trip)] += 1
                expected[("hearse.slot-released.v1", trip)] += one.cancelled
                expected[("hearse.trip-progressed.v1", trip)] += len(one.milestones)
        return +expected

    def certain_deaths(self) -> dict[str, str]:
        """Patient → incident of the deaths that were confirmed for certain."""
        certain = dict(self._certain(self.incidents))
        return {patient: incident for patient, incident in self.deaths.items() if incident in certain}

    def _certain(self, facts: dict[str, Facts]) -> list[tuple[str, Facts]]:
        return [(id, one) for id, one in facts.items() if self.certain(one.correlation)]
