"""Alert: something that somebody must look at, raised when a clock runs out: open -> acknowledged -> resolved.

It resolves by itself when its cause ends. Invariants: the version rises by one per change; a resolved alert never
changes; a subject has at most one unresolved alert of a kind (partial unique index); it holds ids, codes and figures,
never what people said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from contracts.ambulance.events import AlertRaised, AlertResolved
from contracts.ambulance.values import AlertKind, AlertState
from contracts.base import Event

from .refusals import wrong_state

Detail = dict[str, str | int]
UNITS = UUID("5b0d6a1e-7f0e-5c2b-9a63-3d9f2b6f1c11")
"""Namespace of the ids that units have as subjects of alerts: their own are short texts."""


@dataclass(frozen=True, slots=True)
class About:
    """What an alert is about; the most particular of them is its subject."""

    contact_id: UUID | None = None
    incident_id: UUID | None = None
    assignment_id: UUID | None = None
    unit_id: str | None = None

    @property
    def subject(self) -> UUID:
        """The assignment, else the incident, else the contact, else the unit. Raises ValueError if there is none."""
        found = self.assignment_id or self.incident_id or self.contact_id
        if found is None and self.unit_id is not None:
            found = uuid5(UNITS, self.unit_id)
        if found is None:
            raise ValueError("an alert is about an assignment, an incident, a contact or a unit")
        return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next best unit and how long it would drive."""

    unit_id: str
    seconds: int | None


@dataclass(slots=True)
class Alert:
    id: UUID
    kind: AlertKind
    about: About
    raised_at: datetime
    proposal: Proposal | None = None
    detail: Detail = field(default_factory=dict)
    state: AlertState = AlertState.OPEN
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    version: int = 1

    @classmethod
    def raised(
        cls, id: UUID, kind: AlertKind, about: About, now: datetime, detail: Detail, proposal: Proposal | None = None
    ) -> tuple[Alert, list[Event]]:
        """A new alert."""
        event = AlertRaised(
            alert_id=id,
            kind=kind,
            contact_id=about.contact_id,
            incident_id=about.incident_id,
            assignment_id=about.assignment_id,
            unit_id=about.unit_id,
        )
        return cls(id, kind, about, now, proposal, detail), [event]

    def acknowledge(self, by: str, now: datetime) -> list[Event]:
        """Somebody has it in hand; who was first stays. Raises WrongState once resolved."""
        if self.state is AlertState.RESOLVED:
            raise wrong_state("acknowledge", self.state, ())
        if self.state is AlertState.OPEN:
            self.state, self.acknowledged_by, self.acknowledged_at = AlertState.ACKNOWLEDGED, by, now
            self.version += 1
        return []

    def resolve(self, by: str, now: datetime, *, by_itself: bool = False) -> list[Event]:
        """Settled by a person, or its cause has ended. Again it changes nothing."""
        if self.state is AlertState.RESOLVED:
            return []
        self.state, self.resolved_by, self.resolved_at = AlertState.RESOLVED, by, now
        self.version += 1
        return [AlertResolved(alert_id=self.id, kind=self.kind, by_itself=by_itself)]
