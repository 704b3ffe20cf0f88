"""What the simulator knows to have happened: every change that the API acknowledged, and the stories left uncertain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Expected = Counter[tuple[str, str]]
"""How many events of a type about a subject must exist."""


@dataclass
class ContactFacts:
    correlation: str
    disposition: str | None = None
    incident_id: str | None = None


@dataclass
class AssignmentFacts:
    correlation: str
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
class Ledger:
    """Ids are those of the API. `uncertain` holds the correlation ids of stories with an unanswered request."""

    contacts: dict[str, ContactFacts] = field(default_factory=dict)
    incidents: dict[str, IncidentFacts] = field(default_factory=dict)
    assignments: dict[str, AssignmentFacts] = field(default_factory=dict)
    deaths: dict[str, str] = field(default_factory=dict)
    stories: set[str] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)
    opened_directly: int = 0
    response_seconds: list[float] = field(default_factory=list)

    def expected_events(self) -> Expected:
        """Events of the certain stories by type and subject; the app's contacts have ids that no reply shows."""
        expected: Expected = Counter()
        for id, contact in self.contacts.items():
            if contact.correlation not in self.uncertain:
                expected[("ambulance.contact-recorded.v1", id)] += 1
                expected[("ambulance.contact-disposed.v1", id)] += contact.disposition is not None
        for id, incident in self.incidents.items():
            if incident.correlation not in self.uncertain:
                expected[("ambulance.incident-opened.v1", id)] += 1
                expected[("ambulance.incident-triaged.v1", id)] += incident.triaged
                expected[("ambulance.incident-closed.v1", id)] += incident.closed_as is not None
                expected[("ambulance.patient-deceased.v1", id)] += list(self.deaths.values()).count(id)
        for id, assignment in self.assignments.items():
            if assignment.correlation not in self.uncertain:
                expected[("ambulance.unit-dispatched.v1", id)] += 1
                expected[("ambulance.assignment-progressed.v1", id)] += len(assignment.milestones)
                expected[("ambulance.assignment-ended.v1", id)] += assignment.ending is not None
        return +expected

    def certain_deaths(self) -> dict[str, str]:
        """Patient → incident of the deaths that were confirmed for certain."""
        return {
            patient: incident
            for patient, incident in self.deaths.items()
            if self.incidents[incident].correlation not in self.uncertain
        }
